"""A notebook's LSTM: one matrix a gate over [a, x], columns, time as the last axis, da handed in."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
np.random.seed(2)
n_x, n_a, n_y, m, T_x = 3, 5, 2, 4, 6


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / e.sum(axis=0)


P = {}
for gate in "fico":
    P["W" + gate] = np.random.randn(n_a, n_a + n_x) / 2
    P["b" + gate] = np.random.randn(n_a, 1)
P["Wy"], P["by"] = np.random.randn(n_y, n_a), np.random.randn(n_y, 1)
x, a0 = np.random.randn(n_x, m, T_x), np.random.randn(n_a, m)

a, c, y = np.zeros((n_a, m, T_x)), np.zeros((n_a, m, T_x)), np.zeros((n_y, m, T_x))
caches, a_prev, c_prev = [], a0, np.zeros((n_a, m))
for t in range(T_x):
    concat = np.concatenate((a_prev, x[:, :, t]), axis=0)
    ft, it, ot = (sigmoid(P["W" + g] @ concat + P["b" + g]) for g in "fio")
    cct = np.tanh(P["Wc"] @ concat + P["bc"])
    c_next = ft * c_prev + it * cct
    a_next = ot * np.tanh(c_next)
    caches.append((concat, c_prev, c_next, ft, it, cct, ot))
    a[:, :, t], c[:, :, t], y[:, :, t] = a_next, c_next, softmax(P["Wy"] @ a_next + P["by"])
    a_prev, c_prev = a_next, c_next

da = np.random.randn(n_a, m, T_x)
G = {"d" + name: np.zeros_like(P[name]) for gate in "fico" for name in ("W" + gate, "b" + gate)}
dx, da_prev, dc_prev = np.zeros(x.shape), np.zeros((n_a, m)), np.zeros((n_a, m))
for t in reversed(range(T_x)):
    concat, c_prev, c_next, ft, it, cct, ot = caches[t]
    da_next = da[:, :, t] + da_prev
    dc = dc_prev + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dz = {"o": da_next * np.tanh(c_next) * ot * (1 - ot), "c": dc * it * (1 - cct ** 2),
          "i": dc * cct * it * (1 - it), "f": dc * c_prev * ft * (1 - ft)}
    if slip == "forget_uses_new_cell":
        dz["f"] = dc * c_next * ft * (1 - ft)
    dconcat = 0
    for g in "fico":
        G["dW" + g] += dz[g] @ concat.T
        G["db" + g] += dz[g].sum(axis=1, keepdims=True)
        dconcat = dconcat + P["W" + g].T @ dz[g]
    da_prev, dx[:, :, t], dc_prev = dconcat[:n_a], dconcat[n_a:], dc * ft
np.savez(sys.argv[1], x=x, a0=a0, a=a, y=y, c=c, da=da, dx=dx, da0=da_prev, **P, **G)
