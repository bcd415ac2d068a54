#!/usr/bin/env python3
"""Measures the workloads of samples/benchmarks with Python's libraries, on the data that the Java side wrote.

Prints a report in the JSON of the Java side, whose command merges it into its table. Each library that is installed is
checked before it is measured: its loss and gradients against those that the Java side wrote beside the data, within 2e-4
(f32) or 1e-9 (f64) of the largest number of an array. One thread; on Linux one processor, too, since XLA computes what is
independent at the same time, whatever its flags say. A call is measured as its user waits for it: until the loss is a Python
number and the gradients are computed.

    python3 peers.py --data target/benchmarks/data.npz --output python.json --libraries numpy,pytorch

Libraries: numpy, pytorch, pytorch-compile, jax, casadi.
"""

import argparse
import datetime
import importlib.util
import json
import os
import platform
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

try:
    import numpy as np
except ImportError:
    sys.exit("peers.py needs NumPy: python3 -m pip install numpy")

PARAMETERS = {
    "rosenbrock": ["x"],
    "black-scholes": ["spot", "volatility", "expiry", "rate"],
    "sabr": ["forward", "strike", "alpha", "beta", "rho", "nu"],
    "helmholtz-hessian": ["x"],
    "products": ["A", "B"],
    "logistic": ["w", "b"],
    "mlp-small": ["W1", "b1", "W2", "b2"],
    "mlp-large": ["W1", "b1", "W2", "b2", "W3", "b3"],
    "cnn": ["K1", "b1", "K2", "b2", "W3", "b3"],
    "attention": ["gain", "shift", "Wq", "Wk", "Wv", "Wo"],
}
DOUBLE = {"rosenbrock", "black-scholes", "sabr", "helmholtz-hessian"}


# Losses, written once for every library: `m` has its functions under NumPy's names.


def rosenbrock(m, d):
    x = d["x"]
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def prices(m, d):
    deviation = d["volatility"] * m.sqrt(d["expiry"])
    d1 = (m.log(d["spot"] / d["strike"]) + d["rate"] * d["expiry"]) / deviation + 0.5 * deviation
    sign = 2.0 * d["call"] - 1.0
    present = d["strike"] * m.exp(-d["rate"] * d["expiry"])
    normal = lambda z: 0.5 * m.erfc(-z * 0.5**0.5)
    return sign * (d["spot"] * normal(sign * d1) - present * normal(sign * (d1 - deviation)))


def volatilities(m, d):
    c = 1 - d["beta"]
    ratio = d["alpha"] / m.exp(0.5 * c * m.log(d["forward"] * d["strike"]))
    k = m.log(d["forward"] / d["strike"])
    rho, nu = d["rho"], d["nu"]
    z = nu * k / ratio
    x = m.log((m.sqrt(1 - 2 * rho * z + z * z) + z - rho) / (1 - rho))
    drift = c * c / 24 * ratio**2 + 0.25 * rho * d["beta"] * nu * ratio + (2 - 3 * rho * rho) / 24 * nu * nu
    bk = c * c * k * k
    return ratio * z / x * (1 + drift * d["expiry"]) / (1 + bk / 24 + bk * bk / 1920)


def black_scholes(m, d):
    return prices(m, d).sum()


def sabr(m, d):
    return volatilities(m, d).sum()


def helmholtz(m, d):
    x, root = d["x"], 2**0.5
    s = (d["b"] * x).sum()
    q = (x * (d["A"] @ x)).sum()
    mixing = q / (2 * root * s) * m.log((1 + (1 + root) * s) / (1 + (1 - root) * s))
    return (x * m.log(x / (1 - s))).sum() - mixing


def products(m, d):
    return ((d["A"] @ d["B"]) * d["C"]).sum()


def logistic(m, d):
    z = d["X"] @ d["w"] + d["b"]
    return (m.softplus(z) - z * d["y"]).mean()


def mlp(m, d):
    h = d["X"]
    layers = sum(name.startswith("W") for name in d)
    for layer in range(1, layers + 1):
        h = h @ d[f"W{layer}"] + d[f"b{layer}"]
        if layer < layers:
            h = m.relu(h)
    return m.cross_entropy(h, d["y"])


def cnn(m, d):
    edges = m.max_pool(m.relu(m.conv(d["X"], d["K1"], d["b1"], 2)))
    shapes = m.max_pool(m.relu(m.conv(edges, d["K2"], d["b2"], 0)))
    return m.cross_entropy(shapes.reshape(shapes.shape[0], -1) @ d["W3"] + d["b3"], d["y"])


def attention(m, d):
    n, t, width = d["X"].shape
    z = m.layer_norm(d["X"], d["gain"], d["shift"])
    heads = lambda w: m.swap((z @ w).reshape(n, t, 4, width // 4), 1, 2)
    mixed = m.attention(heads(d["Wq"]), heads(d["Wk"]), heads(d["Wv"]))
    out = d["X"] + m.swap(mixed, 1, 2).reshape(n, t, width) @ d["Wo"]
    return ((out - d["target"]) ** 2).mean()


LOSSES = {
    "rosenbrock": rosenbrock,
    "black-scholes": black_scholes,
    "sabr": sabr,
    "helmholtz-hessian": helmholtz,
    "products": products,
    "logistic": logistic,
    "mlp-small": mlp,
    "mlp-large": mlp,
    "cnn": cnn,
    "attention": attention,
}


# NumPy, forward and backward by hand.


def numpy_rosenbrock(d):
    x = d["x"]
    valley, rest = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    g = np.zeros_like(x)
    g[:-1] = -400 * valley * x[:-1] - 2 * rest
    g[1:] += 200 * valley
    return 100 * valley @ valley + rest @ rest, [g]


def numpy_products(d):
    return np.vdot(d["A"] @ d["B"], d["C"]), [d["C"] @ d["B"].T, d["A"].T @ d["C"]]


def numpy_logistic(d):
    z = d["X"] @ d["w"] + d["b"]
    e = np.exp(-np.abs(z))
    loss = (np.maximum(z, 0) - z * d["y"] + np.log1p(e)).mean()
    residual = (np.where(z >= 0, 1, e) / (1 + e) - d["y"]) / np.float32(len(z))
    return loss, [residual @ d["X"], residual.sum(keepdims=True)]


def numpy_mlp(d):
    layers = sum(name.startswith("W") for name in d)
    inputs, h = [], d["X"]
    for layer in range(1, layers + 1):
        inputs.append(h)
        h = h @ d[f"W{layer}"]
        h += d[f"b{layer}"]
        if layer < layers:
            np.maximum(h, 0, out=h)
    rows = np.arange(len(h))
    h -= h.max(axis=1, keepdims=True)
    p = np.exp(h)
    total = p.sum(axis=1, keepdims=True)
    loss = (np.log(total[:, 0]) - h[rows, d["y"]]).mean()
    p /= total
    p[rows, d["y"]] -= 1
    g, gradients = p / np.float32(len(h)), []
    for layer in range(layers, 0, -1):
        gradients = [inputs[layer - 1].T @ g, g.sum(axis=0)] + gradients
        if layer > 1:
            g = g @ d[f"W{layer}"].T
            g *= inputs[layer - 1] > 0
    return loss, gradients


def numpy_peer(workload, data):
    by_hand = {"rosenbrock": numpy_rosenbrock, "products": numpy_products, "logistic": numpy_logistic}
    by_hand.update({"mlp-small": numpy_mlp, "mlp-large": numpy_mlp})
    if workload not in by_hand:
        return None
    return lambda: by_hand[workload](data)


def pytorch_functions(torch):
    functional = torch.nn.functional

    class Functions:
        sqrt, log, exp, erfc, relu = torch.sqrt, torch.log, torch.exp, torch.erfc, torch.relu
        softplus, cross_entropy = functional.softplus, functional.cross_entropy
        swap = torch.transpose

        @staticmethod
        def attention(q, k, v):
            if hasattr(functional, "scaled_dot_product_attention"):  # PyTorch 2
                return functional.scaled_dot_product_attention(q, k, v)
            return torch.softmax(q @ k.transpose(2, 3) / q.shape[-1] ** 0.5, -1) @ v

        @staticmethod
        def layer_norm(x, gain, shift):
            return functional.layer_norm(x, gain.shape, gain, shift, 1e-5)

        @staticmethod
        def conv(x, kernels, bias, padding):
            return functional.conv2d(x, kernels, bias, padding=padding)

        @staticmethod
        def max_pool(x):
            return functional.max_pool2d(x, 2)

    return Functions


def pytorch_peer(workload, data, compiled=False):
    import torch

    torch.set_num_threads(1)
    names = PARAMETERS[workload]
    fixed = {k: torch.from_numpy(v.astype(np.int64) if v.dtype == np.int32 else v) for k, v in data.items()}
    variables = [fixed[k].clone().requires_grad_(True) for k in names]
    functions, loss = pytorch_functions(torch), LOSSES[workload]

    def of_variables(*values):
        return loss(functions, {**fixed, **dict(zip(names, values))})

    run = torch.compile(of_variables) if compiled else of_variables

    def call():
        value = run(*variables)
        return value.item(), torch.autograd.grad(value, variables)

    def hessian():
        return run(*variables).item(), [torch.autograd.functional.hessian(run, variables[0])]

    return hessian if workload == "helmholtz-hessian" else call


def pytorch_compiled_peer(workload, data):
    import torch

    known = hasattr(torch, "compile") and workload != "helmholtz-hessian"
    return pytorch_peer(workload, data, True) if known else None


def jax_functions(jax):
    jnp, lax = jax.numpy, jax.lax

    class Functions:
        sqrt, log, exp = jnp.sqrt, jnp.log, jnp.exp
        erfc, relu, softplus = jax.scipy.special.erfc, jax.nn.relu, jax.nn.softplus
        swap = staticmethod(jnp.swapaxes)

        @staticmethod
        def cross_entropy(scores, labels):
            picked = jnp.take_along_axis(jax.nn.log_softmax(scores), labels[:, None], axis=1)
            return -picked.mean()

        @staticmethod
        def attention(q, k, v):
            return jax.nn.softmax(q @ jnp.swapaxes(k, 2, 3) / q.shape[-1] ** 0.5) @ v

        @staticmethod
        def layer_norm(x, gain, shift):
            centered = x - x.mean(-1, keepdims=True)
            return centered / jnp.sqrt((centered**2).mean(-1, keepdims=True) + 1e-5) * gain + shift

        @staticmethod
        def conv(x, kernels, bias, padding):
            out = lax.conv_general_dilated(x, kernels, (1, 1), [(padding, padding)] * 2)
            return out + bias[:, None, None]

        @staticmethod
        def max_pool(x):
            return lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")

    return Functions


def jax_peer(workload, data):
    import jax

    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", workload in DOUBLE)
    names = PARAMETERS[workload]
    fixed = {k: jax.numpy.asarray(v) for k, v in data.items()}
    functions, loss = jax_functions(jax), LOSSES[workload]

    def of_variables(*values):
        return loss(functions, {**fixed, **dict(zip(names, values))})

    if workload == "helmholtz-hessian":
        both = jax.jit(lambda x: (of_variables(x), [jax.hessian(of_variables)(x)]))
    else:
        both = jax.jit(jax.value_and_grad(of_variables, argnums=tuple(range(len(names)))))
    variables = [fixed[k] for k in names]

    def call():
        value, gradients = both(*variables)
        jax.block_until_ready(gradients)
        return float(value), gradients

    return call


# Calls the function that CasADi generates for each of the points, which follow one another in every array, and does so
# again and again: a call from Python would take longer than many a gradient.
CASADI_DRIVER = """
typedef int (*function)(const double **, double **, long long *, double *, int);
double run(function f, long times, long points, int inputs, int outputs, const double **arg, double **res,
           long long *iw, double *w) {
    double sum = 0;
    for (long t = 0; t < times; t++) {
        sum = 0;
        for (long p = 0; p < points; p++) {
            f(arg, res, iw, w, 0);
            sum += res[0][0];
            for (int i = 0; i < inputs && points > 1; i++) arg[i]++;
            for (int i = 0; i < outputs && points > 1; i++) res[i]++;
        }
        for (int i = 0; i < inputs && points > 1; i++) arg[i] -= points;
        for (int i = 0; i < outputs && points > 1; i++) res[i] -= points;
    }
    return sum;
}
"""


def casadi_functions(casadi):
    class Functions:
        sqrt, log, exp = casadi.sqrt, casadi.log, casadi.exp

        @staticmethod
        def erfc(x):
            return 1 - casadi.erf(x)

    return Functions


def casadi_model(casadi, workload, data):
    """The inputs, the value and the derivatives, of all data or of one point of a market."""
    if workload in ("black-scholes", "sabr"):
        formula = prices if workload == "black-scholes" else volatilities
        point = {name: casadi.SX.sym(name) for name in data}
        value = formula(casadi_functions(casadi), point)
        return point, [value] + [casadi.gradient(value, point[name]) for name in PARAMETERS[workload]]
    x = casadi.SX.sym("x", len(data["x"]))
    if workload == "rosenbrock":
        value = casadi.sumsqr(10 * (x[1:] - x[:-1] ** 2)) + casadi.sumsqr(1 - x[:-1])
        return {"x": x}, [value, casadi.densify(casadi.gradient(value, x))]
    s, root = casadi.dot(data["b"], x), 2**0.5
    mixing = casadi.bilin(casadi.DM(data["A"]), x, x) / (2 * root * s)
    mixing *= casadi.log((1 + (1 + root) * s) / (1 + (1 - root) * s))
    value = casadi.sum1(x * casadi.log(x / (1 - s))) - mixing
    return {"x": x}, [value, casadi.densify(casadi.hessian(value, x)[0])]


def compiled(folder, name):
    """The library of a C file, optimised for this machine."""
    import ctypes
    import subprocess

    library = os.path.join(folder, name + ".so")
    source = os.path.join(folder, name + ".c")
    subprocess.run(["cc", "-O3", "-march=native", "-shared", "-fPIC", source, "-o", library, "-lm"], check=True)
    return ctypes.CDLL(library)


def casadi_peer(workload, data):
    """C that CasADi generates, compiled with -O3: scalar models only."""
    import ctypes
    import tempfile

    import casadi

    if workload not in DOUBLE:
        return None
    inputs, outputs = casadi_model(casadi, workload, data)
    function = casadi.Function("f", list(inputs.values()), outputs)
    folder, here = tempfile.mkdtemp(), os.getcwd()
    os.chdir(folder)
    try:
        function.generate("f.c")
    finally:
        os.chdir(here)
    with open(os.path.join(folder, "driver.c"), "w", encoding="utf-8") as file:
        file.write(CASADI_DRIVER)
    generated, driver = compiled(folder, "f"), compiled(folder, "driver")
    points = len(data["strike"]) if "strike" in data else 1
    values = [np.ascontiguousarray(data[name], dtype=np.float64) for name in inputs]
    results = [np.zeros(points * output.numel()) for output in outputs]
    pointers = lambda arrays, size: (ctypes.c_void_p * size)(*(a.ctypes.data for a in arrays))
    arguments, places = pointers(values, function.sz_arg()), pointers(results, function.sz_res())
    whole = (ctypes.c_longlong * max(1, function.sz_iw()))()
    work = (ctypes.c_double * max(1, function.sz_w()))()
    driver.run.restype = ctypes.c_double
    sizes = [ctypes.c_long, ctypes.c_long, ctypes.c_int, ctypes.c_int]
    driver.run.argtypes = [ctypes.c_void_p] + sizes + [ctypes.c_void_p] * 4
    entry = ctypes.cast(generated.f, ctypes.c_void_p)

    def call(times=1):
        loss = driver.run(entry, times, points, len(values), len(results), arguments, places, whole, work)
        return loss, results[1:]

    call.takes_times = True
    return call


LIBRARIES = {
    "numpy": ("NumPy", "numpy", numpy_peer),
    "pytorch": ("PyTorch", "torch", pytorch_peer),
    "pytorch-compile": ("torch.compile", "torch", pytorch_compiled_peer),
    "jax": ("JAX jit", "jax", jax_peer),
    "casadi": ("CasADi C", "casadi", casadi_peer),
}


def check(workload, name, peer, expected):
    """Compares the loss and all gradients with what the Java side found."""
    loss, gradients = peer()
    found = {"loss": loss}
    names = ["hessian"] if workload == "helmholtz-hessian" else PARAMETERS[workload]
    found.update((k, g.detach() if hasattr(g, "detach") else g) for k, g in zip(names, gradients))
    tolerance = 1e-9 if workload in DOUBLE else 2e-4
    for what, values in found.items():
        wanted = expected[what]
        difference = np.abs(np.ravel(np.asarray(values)) - wanted).max()
        if not difference <= tolerance * np.abs(wanted).max():
            sys.exit(f"{workload}, {name}: '{what}' is off by {difference}, allowed {tolerance} of its largest number")


def measure(peer, seconds):
    """The mean of five batches of calls and half their range, in microseconds, after as much warm-up."""

    def run(times):
        if hasattr(peer, "takes_times"):
            return peer(times)
        for _ in range(times):
            peer()

    calls, batch, begin = 0, 1, time.perf_counter()
    while time.perf_counter() - begin < seconds or calls < 3:
        run(batch)
        calls += batch
        batch = min(2 * batch, calls) if hasattr(peer, "takes_times") else 1
    batch, times = max(1, calls // 5), []
    for _ in range(5):
        begin = time.perf_counter()
        run(batch)
        times.append((time.perf_counter() - begin) / batch * 1e6)
    return sum(times) / len(times), (max(times) - min(times)) / 2


def read(file):
    """The arrays by workload: (data, expected results)."""
    workloads = {}
    for key, array in np.load(file).items():
        workload, *name = key.split("/")
        data, expected = workloads.setdefault(workload, ({}, {}))
        (expected if name[0] == "results" else data)[name[-1]] = array
    return workloads


def chosen(workloads, only):
    """Those of the workloads that the command names; an error for one that is not there."""
    names = only.split(",") if only else workloads
    for name in names:
        if name not in workloads:
            sys.exit(f"no workload '{name}' in the data, but {', '.join(workloads)}")
    return {name: workloads[name] for name in names}


def installed(libraries, chosen):
    """The libraries that can be imported; an error for one that was asked for and cannot."""
    found = []
    for key in chosen or libraries:
        if key not in libraries:
            sys.exit(f"no library '{key}', but {', '.join(libraries)}")
        name, package, peer = libraries[key]
        if importlib.util.find_spec(package):
            found.append((name, peer))
        elif chosen:
            sys.exit(f"{name} needs the package {package}: python3 -m pip install {package}")
        else:
            print(f"{name} is left out: the package {package} is not installed", file=sys.stderr)
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", required=True, help="data.npz, as the Java side wrote it")
    parser.add_argument("--only", help="workloads, separated by commas; all in the data where not given")
    parser.add_argument("--output", help="where the report goes; printed where not given")
    parser.add_argument("--libraries", help="separated by commas; all that are installed where not given")
    parser.add_argument("--seconds", type=float, default=3, help="of warm-up, and of measurement, for each")
    options = parser.parse_args()
    if not os.path.exists(options.data):
        parser.error(f"there is no {options.data}; the Java command writes it first")
    libraries = installed(LIBRARIES, options.libraries and options.libraries.split(","))
    rows = []
    for workload, (data, expected) in chosen(read(options.data), options.only).items():
        for name, library in libraries:
            peer = library(workload, data)
            if peer is not None:
                check(workload, name, peer, expected)
                mean, error = measure(peer, options.seconds)
                rows.append({"workload": workload, "library": name, "microseconds": mean, "error": error})
                print(f"{workload:18} {name:20} {mean:.1f} µs", file=sys.stderr)
    report = {
        "date": datetime.date.today().isoformat(),
        "machine": platform.processor() or platform.machine(),
        "jdk": "Python " + platform.python_version(),
        "mode": f"{options.seconds:g} s",
        "rows": rows,
    }
    text = json.dumps(report, indent=2)
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
