nav-criteria = Bộ tiêu chí và chỉ số

criteria-work-missing = Chưa có số liệu hoặc câu trả lời: 0 điểm.
criteria-work-occasion-not-taken = Cách chấm này không cho phép “không phát sinh”: cần trả lời.
criteria-work-occasion-full = Không phát sinh trong năm: được điểm tối đa { $points }.
criteria-work-occasion-left-out = Không phát sinh trong năm: không tính điểm và không tính vào tổng điểm tối đa.
criteria-work-no-whole = { $part } / { $whole }: không có số để chia, nên không tính được tỷ lệ: 0 điểm.
criteria-work-share = Tỷ lệ: { $part } / { $whole } = { $share }
criteria-work-rung = { $share } đạt mức từ { $at } trở lên: { $points } điểm
criteria-work-below-rungs = { $share } dưới mọi mức: { $points } điểm
criteria-work-cap = { $share } từ { $at } trở lên: được điểm tối đa { $points }
criteria-work-floor = { $share } dưới ngưỡng { $at }: 0 điểm
criteria-work-pro-rata = { $part } / { $whole } × { $max } = { $points } điểm
criteria-work-pro-rata-cap = { $part } / { $whole } ÷ { $cap } × { $max } = { $points } điểm
criteria-work-ratio-full = { $share } đã đến mức { $at }: được điểm tối đa { $points }
criteria-work-ratio-zero = { $share } chưa qua mức { $at }: 0 điểm
criteria-work-ratio-between = ({ $share } − { $zero }) ÷ ({ $full } − { $zero }) × { $max } = { $points } điểm
criteria-work-met = Có: { $title } (+{ $points })
criteria-work-not-met = Không: { $title } (+0 trên { $points })
criteria-work-sum = Cộng: { $points } điểm
criteria-work-yes = Có: { $points } điểm
criteria-work-no = Không: { $points } điểm
criteria-work-never-sent = Hạn { $due }, chưa thực hiện: 0 điểm
criteria-work-on-time = Hạn { $due }, thực hiện { $sent }, đúng hạn: { $points } điểm
criteria-work-late = Hạn { $due }, thực hiện { $sent }, chậm { $days } ngày
criteria-work-late-points = Chậm hạn: { $points } điểm
criteria-work-too-late = Chậm quá { $most } ngày: { $points } điểm
criteria-work-option = { $title }: { $n } phiếu × { $weight }
criteria-work-no-answers = Không có phiếu trả lời: 0 điểm
criteria-work-survey = Bình quân { $mean } của { $n } phiếu × { $max } = { $points } điểm
criteria-work-times = { $n } lần × { $each } = { $points } điểm
criteria-work-kept-within = { $points } nằm ngoài khung điểm: tính { $kept }
criteria-work-rounded = Làm tròn hai chữ số thập phân: { $exact } → { $points }
criteria-work-stated-max = Cách chấm cho { $points }, nhưng bảng ghi tối đa { $max }: tính { $max }

criteria-say-steps = Theo tỷ lệ đạt được so với mức giao: { $parts }.
criteria-say-rung = từ { $at } trở lên được { $points } điểm
criteria-say-otherwise = thấp hơn thì được { $points } điểm
criteria-say-proportion = Đạt từ { $cap } trở lên được { $max } điểm; dưới mức đó tính theo tỷ lệ.
criteria-say-proportion-floor = Đạt từ { $cap } trở lên được { $max } điểm; từ { $floor } đến dưới { $cap } tính theo tỷ lệ; dưới { $floor } không có điểm.
criteria-say-checklist = Cộng điểm những mục đã có: { $parts }; tối đa { $max } điểm.
criteria-say-item = { $title }: { $points }
criteria-say-yes-no = Có thì được { $yes } điểm; không thì được { $no } điểm.
criteria-say-on-time = Đúng hạn được { $full } điểm; chậm hạn được { $late } điểm; không thực hiện thì không có điểm.
criteria-say-on-time-days = Đúng hạn được { $full } điểm; chậm không quá { $days } ngày được { $late } điểm; chậm hơn hoặc không thực hiện thì không có điểm.
criteria-say-ratio = Theo tỷ lệ { $part } trên { $whole }: từ { $full } trở lên được { $max } điểm, đến { $zero } thì không có điểm, ở giữa tính theo đường thẳng.
criteria-say-ratio-falling = Theo tỷ lệ { $part } trên { $whole }, càng thấp càng tốt: từ { $full } trở xuống được { $max } điểm, đến { $zero } thì không có điểm, ở giữa tính theo đường thẳng.
criteria-say-survey = Theo kết quả khảo sát, tối đa { $max } điểm; mỗi phiếu được: { $parts }.
criteria-say-option = { $title } { $weight }
criteria-say-bonus = Điểm cộng: mỗi lần { $each } điểm, nhiều nhất { $max } điểm, ngoài tổng điểm của bộ.
criteria-say-penalty = Điểm trừ: mỗi lần trừ { $each } điểm, nhiều nhất trừ { $max } điểm.
criteria-say-occasion-full = Không phát sinh thì được điểm tối đa.
criteria-say-occasion-left-out = Không phát sinh thì không tính vào tổng điểm tối đa.

criteria-formula-share = t = số đạt ÷ số giao
criteria-formula-yes-no = có → { $yes }; không → { $no }
criteria-formula-on-time = ngày thực hiện ≤ hạn → { $points }
criteria-formula-late = ngày thực hiện > hạn → { $points }
criteria-formula-never = không thực hiện → 0

criteria-finding-total = Quyết định ghi tổng { $stated } điểm, nhưng các lĩnh vực cộng lại là { $sum }.
criteria-finding-area-sum = Lĩnh vực ghi { $stated } điểm, nhưng các tiêu chí cộng lại là { $sum }.
criteria-finding-criterion-sum = Tiêu chí ghi { $stated } điểm, nhưng các thành phần cộng lại là { $sum }.
criteria-finding-rule-max = Bảng ghi tối đa { $stated } điểm, nhưng cách chấm cho tối đa { $rule }.
criteria-finding-checklist-sum = Các mục cộng lại là { $sum }, khác điểm tối đa { $stated } của danh mục.
criteria-finding-told-points = “{ $words }”: phần chữ ghi { $told } điểm, nhưng điểm của dòng này là { $stated }.
criteria-finding-example = Ví dụ của hướng dẫn cho { $told } điểm, nhưng tính theo cách chấm thì được { $rule }: “{ $words }”
criteria-finding-example-second = Ví dụ của hướng dẫn cho { $told } điểm, nhưng tính theo cách chấm thì được { $rule }; cách hiểu thứ hai cho đúng như ví dụ: “{ $words }”
criteria-finding-number-twice = Số { $no } đã dùng cho một dòng khác.

criteria-input-nothing = Chưa có
criteria-input-no-occasion = Không phát sinh
criteria-input-none-met = Chưa có mục nào
criteria-input-sent = { $sent } (hạn { $due })
criteria-input-not-sent = Chưa thực hiện (hạn { $due })
criteria-yes = Có
criteria-no = Không

criteria-source-by_hand = Người chấm trả lời
criteria-source-plan_targets = Loa tính: chỉ tiêu của kế hoạch đã đạt trên chỉ tiêu đã giao
criteria-source-forms = Loa tính: hình thức truyền thông đã dùng trong năm
criteria-source-report = Loa tính: báo cáo của kỳ làm đúng hạn
criteria-source-report-of = Loa tính: báo cáo { $period } làm đúng hạn
criteria-source-figures = Loa tính: tỷ lệ hai số liệu nhập tay
criteria-source-figures-of = Loa tính: số liệu “{ $part }” trên “{ $whole }”
criteria-source-index = Loa tính: giá trị chỉ số đã công bố
criteria-source-index-of = Loa tính: chỉ số { $index } đã công bố
criteria-source-index-of-body = Loa tính: chỉ số { $index } đã công bố của { $body }
criteria-period-Q1 = quý I
criteria-period-H1 = 6 tháng
criteria-period-Q3 = quý III
criteria-period-year = năm

criteria-not-draft = Bộ tiêu chí này không còn là dự thảo nên không sửa được. Hãy chép thành phiên bản mới.
criteria-no-decision = Cần số và ngày của quyết định ban hành trước khi đưa vào áp dụng.
criteria-empty = Bộ tiêu chí chưa có tiêu chí thành phần nào.
criteria-findings-open = Còn { $n } điểm chưa khớp trong bảng. Hãy sửa, hoặc giữ nguyên kèm ghi chú.
criteria-json = Tệp JSON không đọc được: { $why }
