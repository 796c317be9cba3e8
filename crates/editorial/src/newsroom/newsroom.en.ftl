nav-articles = Articles
