"""An object-oriented LSTM: every parameter has a value and a diff; one matrix a gate over columns [h; x]."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(5)
H, X, T = 4, 6, 5


class Param:
    def __init__(self, name, *shape):
        self.name, self.value = name, rng.normal(size=shape) * 0.4
        self.diff = np.zeros_like(self.value)


class Lstm:
    def __init__(self):
        for g in ("f", "i", "C", "o"):
            setattr(self, "W_" + g, Param("W_" + g, H, H + X))
            setattr(self, "b_" + g, Param("b_" + g, H, 1))
        self.W_v, self.b_v = Param("W_v", X, H), Param("b_v", X, 1)

    def all(self):
        return [v for v in vars(self).values() if isinstance(v, Param)]


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


p = Lstm()
inputs, targets = rng.integers(0, X, T), rng.integers(0, X, T)
h_prev, C_prev = rng.normal(size=(H, 1)), rng.normal(size=(H, 1))
h, C, loss, tape = h_prev, C_prev, 0.0, []
for t in range(T):
    x = np.zeros((X, 1))
    x[inputs[t]] = 1
    z = np.vstack((h, x))
    f, i, o = (sigmoid(W.value @ z + b.value) for W, b in ((p.W_f, p.b_f), (p.W_i, p.b_i), (p.W_o, p.b_o)))
    C_bar = np.tanh(p.W_C.value @ z + p.b_C.value)
    C_before, C = C, f * C + i * C_bar
    h = o * np.tanh(C)
    v = p.W_v.value @ h + p.b_v.value
    y = np.exp(v) / np.exp(v).sum()
    loss -= np.log(y[targets[t], 0])
    tape.append((z, f, i, C_bar, o, C, C_before, h, y))

dh_next, dC_next = np.zeros((H, 1)), np.zeros((H, 1))
for t in reversed(range(T)):
    z, f, i, C_bar, o, C, C_before, h, y = tape[t]
    dv = y.copy()
    dv[targets[t]] -= 1
    p.W_v.diff += dv @ h.T
    p.b_v.diff += dv
    dh = p.W_v.value.T @ dv + dh_next
    dC = dC_next + dh * o * (1 - np.tanh(C) ** 2)
    dz = 0
    for W, b, d in ((p.W_o, p.b_o, dh * np.tanh(C) * o * (1 - o)), (p.W_C, p.b_C, dC * i * (1 - C_bar ** 2)),
                    (p.W_i, p.b_i, dC * C_bar * i * (1 - i)), (p.W_f, p.b_f, dC * C_before * f * (1 - f))):
        W.diff += d @ z.T
        if slip == "bias_assigned" and b is p.b_f:
            b.diff = d
        else:
            b.diff += d
        dz = dz + W.value.T @ d
    dh_next, dC_next = dz[:H], f * dC
np.savez(sys.argv[1], inputs=inputs, targets=targets, h_prev=h_prev, C_prev=C_prev, loss=loss, h_s=np.array([s[7] for s in tape]),
         **{q.name: q.value for q in p.all()}, **{q.name + ".diff": q.diff for q in p.all()})
