# Chung cho mọi trang.
desk = Bàn làm việc
menu = Danh mục
main-menu = Danh mục chính
breadcrumbs = Vị trí
skip-to-main = Đến nội dung chính
other-language = English
other-language-code = en
to-portal = Xem cổng thông tin
sign-out = Đăng xuất
password-change = Đổi mật khẩu
pages = Trang
page-before = Trước
page-after = Sau
home = Trang chủ

search-quick = Tìm nhanh
search-label = Tìm trên cổng
search-placeholder = Tìm tin bài, kế hoạch
search-button = Tìm

footer-responsible = Chịu trách nhiệm nội dung:
footer-phone = Điện thoại:
footer-email = Thư điện tử:
footer-follow = Theo dõi
footer-atom = Tin mới (Atom)
footer-rss = Tin mới (RSS)
footer-about = Về cổng

idle-title = Bạn còn ở đó không?
idle-text = Đã lâu không có thao tác. Bản nháp đã được lưu; phiên làm việc sắp kết thúc.
idle-seconds = giây
idle-announce = Còn {"{s}"} giây trước khi đăng xuất
idle-stay = Tiếp tục làm việc

form-problems = Có { $count } chỗ cần sửa
form-required-note = Mục có dấu * là bắt buộc.
form-too-many-fields = Biểu mẫu có quá nhiều mục.
form-too-slow = Gửi quá lâu, máy chủ đã ngừng chờ. Hãy kiểm tra đường truyền rồi gửi lại.
form-too-large = Nội dung gửi lên quá lớn. Tệp tối đa 20 MB; hãy chọn tệp nhỏ hơn rồi gửi lại.
form-broken = Nội dung gửi lên bị đứt đoạn. Hãy gửi lại.
field-required = Điền mục này.
field-too-long = Dài { $chars } ký tự; tối đa { $most } ký tự.
field-date = “{ $value }” không phải là ngày. Viết như 06/03/2023.
field-number = “{ $value }” không phải là số nguyên từ { $least } đến { $most }.
field-choice = Chọn một mục trong danh sách.
field-email = “{ $value }” không phải là địa chỉ thư điện tử.
period-unknown = Viết kỳ báo cáo như 2023-Q1 (quý I), 2023-H1 (sáu tháng), 2023-Q3 (chín tháng) hoặc 2023 (cả năm).

error-code = Lỗi { $status }
error-home = Về trang chủ
error-desk = Về bàn làm việc
error-number = Mã sự cố: { $number }. Hãy báo mã này cho người quản trị.
error-fault-title = Hệ thống gặp sự cố
error-fault = Yêu cầu chưa được thực hiện và không có gì bị thay đổi. Hãy thử lại sau ít phút.
error-not-found-title = Không có trang này
error-not-found = Địa chỉ có thể đã gõ nhầm, hoặc nội dung đã được gỡ.
error-forbidden-title = Bạn không được làm việc này
error-stale-title = Người khác vừa lưu mục này
error-stale = Nội dung đã thay đổi từ khi bạn mở trang. Hãy quay lại, mở lại trang để so sánh rồi lưu lại.
error-too-many-title = Hãy chờ một chút
error-too-many = Có quá nhiều lần thử. Hãy thử lại sau { $seconds } giây.
error-invalid-title = Chưa thực hiện được
error-invalid = Hãy xem các điểm sau:
refusal-cross-site = Yêu cầu không đến từ trang của chúng tôi nên đã bị từ chối. Hãy mở lại trang và gửi lại.
refusal-role = Vai trò của bạn không có quyền này. Nếu cần, hãy đề nghị người quản trị.
warning-more = Xem và xử lý
