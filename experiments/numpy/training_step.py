"""The training step of a vectorised NumPy prototype: the peer that the engines are timed beside.

One product for the inputs of all steps before the loop, one product for each weight gradient after it; float32,
cross-entropy (mean) at every step, SGD. `rnncompare speed --numpy python3` runs it:

    python3 training_step.py CELL T B I H O VECTORS|TOKENS

prints `ready` with NumPy's version and BLAS, then for every number n on its input makes n steps and prints the
seconds of one.
"""
import os
import sys
import time

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Tanh:
    gates = 1

    @staticmethod
    def forward(z, hp, Whh, state):
        h = np.tanh(z + hp @ Whh.T)
        return h, (h,)

    @staticmethod
    def backward(dh, hp, Whh, kept, carry):
        (h,) = kept
        dz = dh * (1 - h * h)
        return dz, dz, dz @ Whh


class Lstm:
    gates = 4

    @staticmethod
    def forward(z, hp, Whh, state):
        z = z + hp @ Whh.T
        i, f, g, o = np.split(z, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        cp = state.get("c", np.zeros_like(hp))
        c = f * cp + i * g
        tc = np.tanh(c)
        state["c"] = c
        return o * tc, (i, f, g, o, cp, tc)

    @staticmethod
    def backward(dh, hp, Whh, kept, carry):
        i, f, g, o, cp, tc = kept
        dc = carry.get("dc", 0) + dh * o * (1 - tc * tc)
        dz = np.concatenate([dc * g * i * (1 - i), dc * cp * f * (1 - f), dc * i * (1 - g * g), dh * tc * o * (1 - o)], axis=1)
        carry["dc"] = dc * f
        return dz, dz, dz @ Whh


class Gru:
    gates = 3

    @staticmethod
    def forward(z, hp, Whh, state):
        u = hp @ Whh.T
        H = hp.shape[1]
        rz = sigmoid(z[:, : 2 * H] + u[:, : 2 * H])
        r, update = rz[:, :H], rz[:, H:]
        m = u[:, 2 * H :]
        n = np.tanh(z[:, 2 * H :] + r * m)
        return (1 - update) * n + update * hp, (r, update, n, m)

    @staticmethod
    def backward(dh, hp, Whh, kept, carry):
        r, update, n, m = kept
        dn = dh * (1 - update) * (1 - n * n)
        rz = [dn * m * r * (1 - r), dh * (hp - n) * update * (1 - update)]
        dz = np.concatenate(rz + [dn], axis=1)
        du = np.concatenate(rz + [dn * r], axis=1)
        return dz, du, du @ Whh + dh * update


def make_step(cell, T, B, I, H, O, tokens):
    rng = np.random.default_rng(1)
    scale = 1 / np.sqrt(H)

    def weights(*shape):
        return rng.uniform(-scale, scale, shape).astype(np.float32)

    G = cell.gates
    Wxh, Whh, bh, Why, by = weights(G * H, I), weights(G * H, H), weights(G * H), weights(O, H), weights(O)
    x = rng.integers(0, I, (T * B,)) if tokens else rng.uniform(-1, 1, (T * B, I)).astype(np.float32)
    targets, rows = rng.integers(0, O, (T * B,)), np.arange(T * B)
    rate = np.float32(1e-3)

    def step():
        projected = (Wxh.T[x] + bh if tokens else x @ Wxh.T + bh).reshape(T, B, G * H)
        h = np.zeros((T + 1, B, H), np.float32)
        kept, state = [], {}
        for t in range(T):
            h[t + 1], k = cell.forward(projected[t], h[t], Whh, state)
            kept.append(k)

        top = h[1:].reshape(T * B, H)
        y = top @ Why.T + by
        y -= y.max(axis=1, keepdims=True)
        dy = np.exp(y)
        total = dy.sum(axis=1, keepdims=True)
        loss = (np.log(total[:, 0]) - y[rows, targets]).mean()
        dy /= total
        dy[rows, targets] -= 1
        dy /= T * B

        direct = (dy @ Why).reshape(T, B, H)
        dz, du = np.empty((T, B, G * H), np.float32), np.empty((T, B, G * H), np.float32)
        dh_next, carry = np.zeros((B, H), np.float32), {}
        for t in reversed(range(T)):
            dz[t], du[t], dh_next = cell.backward(direct[t] + dh_next, h[t], Whh, kept[t], carry)

        flat = dz.reshape(T * B, G * H)
        dWhy, dby = dy.T @ top, dy.sum(axis=0)
        dWhh, dbh = du.reshape(T * B, G * H).T @ h[:-1].reshape(T * B, H), flat.sum(axis=0)
        if tokens:
            dWxh = np.zeros_like(Wxh)
            np.add.at(dWxh.T, x, flat)
        else:
            dWxh = flat.T @ x
        for w, dw in ((Wxh, dWxh), (Whh, dWhh), (bh, dbh), (Why, dWhy), (by, dby)):
            w -= rate * dw
        return loss

    return step


def blas():
    """The library under NumPy's products, as far as the system says what is loaded."""
    if not os.path.exists("/proc/self/maps"):
        return "unknown BLAS"
    with open("/proc/self/maps") as maps:
        loaded = sorted({os.path.realpath(line.split()[-1]) for line in maps if "blas" in line or "mkl" in line})
    return "/".join(loaded[0].split("/")[-2:]) if loaded else "unknown BLAS"


def main():
    cell = {"tanh": Tanh, "lstm": Lstm, "gru": Gru}[sys.argv[1]]
    step = make_step(cell, *map(int, sys.argv[2:7]), sys.argv[7] == "TOKENS")
    step()
    print("ready", np.__version__, blas(), flush=True)
    for line in sys.stdin:
        count = int(line)
        step()
        start = time.perf_counter()
        for _ in range(count):
            step()
        print((time.perf_counter() - start) / count, flush=True)


if __name__ == "__main__":
    main()
