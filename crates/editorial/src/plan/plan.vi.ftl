nav-plans = Kế hoạch
