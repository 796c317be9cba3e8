nav-accounts = Tài khoản
nav-units = Cơ quan, đơn vị

role-writer = Người viết
role-editor = Ban biên tập
role-approver = Người duyệt
role-officer = Đầu mối CCHC
role-head = Người đứng đầu đơn vị
role-director = Giám đốc
role-clerk = Văn thư
role-appraiser = Người thẩm định
role-feedback_handler = Người xử lý góp ý
role-administrator = Quản trị

sign-in = Đăng nhập
sign-in-wrong = Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra rồi thử lại; nếu quên mật khẩu, hãy báo người quản trị.
password = Mật khẩu
password-current = Mật khẩu hiện tại
password-new = Mật khẩu mới
password-again = Nhập lại mật khẩu mới
password-hint = Ít nhất { $least } ký tự. Một câu dễ nhớ là tốt nhất; không bắt buộc chữ hoa hay ký hiệu.
password-save = Lưu mật khẩu
password-must = Mật khẩu này do người khác đặt. Hãy chọn mật khẩu của riêng bạn trước khi làm việc.
password-wrong = Mật khẩu hiện tại không đúng.
password-differs = Hai lần nhập không giống nhau.
password-too-short = Mật khẩu cần ít nhất { $least } ký tự.
password-too-long = Mật khẩu tối đa { $most } ký tự.
password-too-easy = Mật khẩu này dễ đoán. Hãy dùng một câu có vài từ khác nhau, không dùng tên hay thư điện tử của bạn.
done-password = Đã đổi mật khẩu; các phiên làm việc khác của bạn đã kết thúc.

account-email = Thư điện tử công vụ
account-no-role = Chọn ít nhất một vai trò.
account-email-taken = Thư điện tử này đã có tài khoản.
