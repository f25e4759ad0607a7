"""A notebook's RNN: cells over columns, a for the hidden state, time as the last axis, da handed in."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
np.random.seed(1)
n_x, n_a, n_y, m, T_x = 3, 5, 2, 4, 6


def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / e.sum(axis=0)


def rnn_cell_forward(xt, a_prev, p):
    a_next = np.tanh(np.dot(p["Waa"], a_prev) + np.dot(p["Wax"], xt) + p["ba"])
    return a_next, softmax(np.dot(p["Wya"], a_next) + p["by"])


parameters = {"Wax": np.random.randn(n_a, n_x), "Waa": np.random.randn(n_a, n_a), "Wya": np.random.randn(n_y, n_a),
              "ba": np.random.randn(n_a, 1), "by": np.random.randn(n_y, 1)}
x, a0 = np.random.randn(n_x, m, T_x), np.random.randn(n_a, m)
a, y_pred, a_next = np.zeros((n_a, m, T_x)), np.zeros((n_y, m, T_x)), a0
for t in range(T_x):
    a_next, yt = rnn_cell_forward(x[:, :, t], a_next, parameters)
    a[:, :, t], y_pred[:, :, t] = a_next, yt

da = np.random.randn(n_a, m, T_x)
gradients = {"dx": np.zeros(x.shape), "dWax": np.zeros((n_a, n_x)), "dWaa": np.zeros((n_a, n_a)), "dba": np.zeros((n_a, 1))}
da_prev = np.zeros((n_a, m))
for t in reversed(range(T_x)):
    dtanh = (1 - a[:, :, t] ** 2) * (da[:, :, t] + da_prev)
    if slip == "no_tanh_derivative":
        dtanh = da[:, :, t] + da_prev
    gradients["dx"][:, :, t] = parameters["Wax"].T @ dtanh
    gradients["dWax"] += dtanh @ x[:, :, t].T
    gradients["dWaa"] += dtanh @ (a[:, :, t - 1] if t > 0 else a0).T
    gradients["dba"] += dtanh.sum(axis=1, keepdims=True)
    da_prev = parameters["Waa"].T @ dtanh
gradients["da0"] = da_prev
np.savez(sys.argv[1], x=x, a0=a0, a=a, y_pred=y_pred, da=da, **parameters, **gradients)
