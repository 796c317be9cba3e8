image-kind = Chọn ảnh PNG, JPEG, WebP hoặc GIF.
image-broken = Ảnh bị hỏng, không đọc được. Hãy mở và lưu lại ảnh rồi chọn lại.
image-too-large = Ảnh quá lớn (hơn 40 triệu điểm ảnh). Hãy thu nhỏ ảnh rồi chọn lại.
