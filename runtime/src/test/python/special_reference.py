"""Writes the reference values of SpecialFunctionsTest: python3 special_reference.py > special-functions.csv"""

import random

import mpmath
from mpmath import erf, erfc, erfinv, exp, findroot, isinf, log, loggamma, mp, mpf, nstr, polygamma, sqrt

mp.dps = 60
rng = random.Random(20240229)


def logspace(low, high, count):
    return [10.0 ** (low + (high - low) * i / (count - 1)) for i in range(count)]


def uniform(low, high, count):
    return [rng.uniform(low, high) for _ in range(count)]


def both(values):
    return values + [-v for v in values]


def around(centre, low=-15, high=-1, count=8):
    return [centre + s * d for d in logspace(low, high, count) for s in (1, -1)]


def log_gamma(x):
    return loggamma(x).real


def inverse_erf(p):
    return inverse_erfc(1 - abs(p)) * (1 if p > 0 else -1) if abs(p) > 0.5 else erfinv(p)


def inverse_erfc(q):
    """Newton's method on log erfc, for q up to 1/2."""
    x = sqrt(-log(q))
    for _ in range(200):
        step = (log(erfc(x)) - log(q)) * erfc(x) * sqrt(mp.pi) / 2 * exp(x * x)
        x += step
        if abs(step) < mpf(10) ** -55 * abs(x):
            return x
    raise ArithmeticError(q)


def log_normal_cdf(x):
    if x > 0:
        return mp.log1p(-erfc(x / sqrt(2)) / 2)
    if x < -1000:  # the asymptotic series: its terms fall below 1e-60 at once
        term, total = mpf(1), mpf(1)
        for k in range(1, 30):
            term *= -(2 * k - 1) / (x * x)
            total += term
        return -x * x / 2 - log(-x * sqrt(2 * mp.pi)) + log(total)
    return log(erfc(-x / sqrt(2)) / 2)


def normal_quantile(p):
    if p < 0.25:
        return -sqrt(2) * inverse_erfc(2 * p)
    return sqrt(2) * (inverse_erfc(2 * (1 - p)) if p > 0.75 else erfinv(2 * p - 1))


def poly(n):
    return lambda x: polygamma(n, x)


TINY = [5e-324, 1e-310, 2.3e-308, 1e-200, 1e-30, 1e-17]
REAL = both(TINY + logspace(-10, 0, 25) + uniform(0, 1, 25) + uniform(1, 6, 40))
POSITIVE = logspace(-17, 1, 50) + uniform(0, 1, 25) + uniform(1, 12, 60) + logspace(1, 17, 40)
NEGATIVE = [-v for v in uniform(0, 12, 60) + uniform(12, 400, 30) + logspace(-17, -1, 20)]
PROBABILITY = TINY + logspace(-307, -1, 60) + uniform(0, 1, 60) + [1 - v for v in logspace(-15.9, -1, 40)] + around(0.5)
ROOT = float(findroot(lambda x: polygamma(0, x), 1.46))
POLES = [p for k in range(0, 8) for p in around(float(-k), -12, -2, 4) if p != -k]

FUNCTIONS = {
    "erf": (erf, REAL),
    "erfc": (erfc, REAL + uniform(6, 26.5, 80) + around(0.5) + around(1.0)),
    "erfcx": (lambda x: exp(x * x) * erfc(x), REAL + uniform(6, 30, 30) + logspace(1, 4, 20) + uniform(-26, -6, 40)),
    "erfinv": (inverse_erf, both([v for v in PROBABILITY if v < 1])),
    "lgamma": (log_gamma, POSITIVE + TINY + around(1.0) + around(2.0) + around(3.0) + logspace(17, 304, 20)
               + NEGATIVE + POLES),
    "digamma": (poly(0), POSITIVE + around(ROOT) + [ROOT] + logspace(17, 300, 15) + NEGATIVE + POLES),
    "normalCdf": (lambda x: erfc(-x / sqrt(2)) / 2, REAL + uniform(-37.5, -6, 80) + around(-0.75)),
    "logNormalCdf": (log_normal_cdf, REAL + uniform(-40, -6, 40) + [-v for v in logspace(1, 150, 40)] + uniform(6, 37, 30)),
    "normalQuantile": (normal_quantile, PROBABILITY),
}
for order in (1, 2, 3, 6, 40):
    FUNCTIONS["polygamma%d" % order] = (poly(order), [x for x in POSITIVE if x < 1e6 and x > 1e-7] + NEGATIVE[:50] + POLES)
FUNCTIONS["normalDensity"] = (lambda x: exp(-x * x / 2) / sqrt(2 * mp.pi), REAL + uniform(-38.5, -6, 60) + uniform(6, 38.5, 60))

print("# function,argument,value: mpmath %s at %d digits (runtime/src/test/python/special_reference.py), at exactly the doubles shown"
      % (mpmath.__version__, mp.dps))
for name, (f, points) in FUNCTIONS.items():
    for x in sorted(set(points)):
        value = f(mpf(x))
        if value == 0 or isinf(value) or abs(value) > mpf("1.7e308"):
            continue
        print("%s,%r,%s" % (name, x, nstr(value, 20)))
