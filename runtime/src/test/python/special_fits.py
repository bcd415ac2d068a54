"""Prints the coefficients of the rational fits of dev.gradc.runtime's special functions, with their errors."""

from mpmath import cos, erf, erfc, erfinv, exp, findroot, log, loggamma, lu_solve, matrix, mp, mpf, nint, polygamma, sqrt

mp.dps = 60
NEAR = mpf(10) ** -25


def nodes(a, b, count):
    """Chebyshev nodes of [a, b]."""
    return [(a + b) / 2 + (b - a) / 2 * cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def interpolate(f, a, b, m, n, origin):
    """P and Q, of degrees m and n in x - origin, with P/Q = f at m + n + 1 nodes and Q(0) = 1."""
    count = m + n + 1
    system, values = matrix(count, count), matrix(count, 1)
    for row, x in enumerate(nodes(a, b, count)):
        t = x - origin
        values[row] = f(x)
        for j in range(m + 1):
            system[row, j] = t**j
        for j in range(1, n + 1):
            system[row, m + j] = -values[row] * t**j
    solution = [float(c) for c in lu_solve(system, values)]
    return solution[: m + 1], [1.0] + solution[m + 1 :]


def polynomial(c, t):
    return sum(mpf(ci) * t**i for i, ci in enumerate(c))


def short(value):
    """The value to 20 bits below 2^0: exact as a double, with room to spare."""
    scale = 2**20 if value >= 0.5 else 2**21 if value >= 0.25 else 2**22
    return float(nint(value * scale) / scale)


def fit(name, f, a, b, degrees, origin=None, offset=0.0, size=None):
    """The error printed is that of the rounded coefficients in exact arithmetic, relative to the function's size."""
    a, b = mpf(a), mpf(b)
    origin = float(a if origin is None else origin)
    p, q = interpolate(lambda x: f(x) - offset, a, b, *degrees, origin)
    worst = 0
    for i in range(501):
        x = a + (b - a) * i / 500
        value = offset + polynomial(p, x - origin) / polynomial(q, x - origin)
        worst = max(worst, abs((value - f(x)) / (size or f)(x)))
    print("%s: origin %r, offset %r, error %.1e\n  P %r\n  Q %r" % (name, origin, offset, float(worst), p, q))


def erfcx(x):
    return exp(x * x) * erfc(x)


def erf_ratio(z):
    return erf(sqrt(z)) / sqrt(z) - 1 if z else 2 / sqrt(mp.pi) - 1


def erfcx_far(s):
    return erfcx(1 / sqrt(s)) / sqrt(s) if s else 1 / sqrt(mp.pi)


def erfinv_ratio(z):
    return erfinv(sqrt(z)) / sqrt(z) if z else sqrt(mp.pi) / 2


def tail(r):
    """The x with erfc(x) = exp(-r^2), by Newton's method on the logarithm."""
    x = r - log(max(r, mpf("1.2")) * sqrt(mp.pi)) / (2 * r)
    for _ in range(60):
        step = (log(erfc(x)) + r * r) * erfcx(x) * sqrt(mp.pi) / 2
        x += step
        if abs(step) < mpf(10) ** -50:
            return x
    raise ArithmeticError(r)


def lgamma_ratio(y):
    if abs(y) < NEAR:
        return +mp.euler
    return 1 - mp.euler if abs(y - 1) < NEAR else loggamma(1 + y) / (y * (y - 1))


ROOT = findroot(lambda x: polygamma(0, x), mpf("1.4616"))


def digamma_ratio(x):
    return polygamma(0, x) / (x - ROOT) if abs(x - ROOT) > NEAR else polygamma(1, ROOT)


fit("ERF_NEAR", erf_ratio, 0, 1, (5, 5), size=lambda z: 1 + erf_ratio(z))
for name, a, b, degrees in (("HALF", 0.5, 1, (5, 5)), ("ONE", 1, 2, (5, 6)), ("TWO", 2, 4, (6, 6))):
    fit("ERFCX_" + name, erfcx, a, b, degrees, offset=short(erfcx(mpf(a + b) / 2)))
fit("ERFCX_FAR", erfcx_far, 0, mpf(1) / 16, (5, 6), offset=short(1 / sqrt(mp.pi)))
fit("INVERSE_NEAR", erfinv_ratio, 0, 0.25, (4, 5), offset=short(sqrt(mp.pi) / 2))
fit("TAIL_NEAR", lambda r: tail(r) - r, 0.832, 1.75, (7, 8), origin=0.75, size=tail)
fit("TAIL_MIDDLE", lambda r: tail(r) - r, 1.75, 3.5, (6, 7), size=tail)
fit("TAIL_FAR", lambda r: tail(r) - r, 3.5, 8, (6, 7), size=tail)
fit("TAIL_FARTHEST", lambda r: tail(r) - r, 8, 28, (7, 8), size=tail)
fit("LGAMMA_NEAR_ONE", lgamma_ratio, -0.5, 0.5, (8, 8), offset=short(lgamma_ratio(mpf(0))))
fit("LGAMMA_NEAR_TWO", lgamma_ratio, 0.5, 2, (6, 7), offset=short(lgamma_ratio(mpf(1.25))))
fit("DIGAMMA_NEAR_ONE", digamma_ratio, 1, 2, (5, 6), offset=short(digamma_ratio(mpf(1.5))))
fit("DIGAMMA_NEAR_TWO", digamma_ratio, 2, 3, (5, 5), offset=short(digamma_ratio(mpf(2.5))))
print("ROOT %r, ROOT_REST %r" % (float(ROOT), float(ROOT - float(ROOT))))
