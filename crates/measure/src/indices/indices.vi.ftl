indices-title = Chỉ số
