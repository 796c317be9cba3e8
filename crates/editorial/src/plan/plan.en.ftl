nav-plans = Plans
