nav-articles = Tin, bài
