using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Tests.Programs;

/// <summary>An LSTM over one sequence in float32, one matrix per gate over [h, x], gates named as in textbooks; squared error at every step.</summary>
internal static class LstmProgram
{
    private const int T = 6, I = 3, H = 4, O = 2;

    /// <summary>Runs it with one mistake: <c>none</c>, <c>assigned</c> (dc overwritten), <c>forget</c> (dc carried without f), <c>tanh</c> (its derivative left out) or <c>copied</c> (the input gate's matrix receives the forget gate's delta).</summary>
    public static Prototype Run(string mistake)
    {
        var random = new Random(9);
        float Draw() => (float)(random.NextDouble() - 0.5);
        float[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => Draw())];
        var gates = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, H).Select(_ => Vector(H + I)).ToArray()).ToArray(); // i, f, g, o
        var biases = Enumerable.Range(0, 4).Select(_ => Vector(H)).ToArray();
        var (wy, by) = (Enumerable.Range(0, O).Select(_ => Vector(H)).ToArray(), Vector(O));
        var (x, targets) = (Enumerable.Range(0, T).Select(_ => Vector(I)).ToArray(), Enumerable.Range(0, T).Select(_ => Vector(O)).ToArray());

        var (inputs, values, cells, states) = (new float[T][], new float[T][][], new float[T + 1][], new float[T + 1][]);
        (cells[0], states[0]) = (Vector(H), Vector(H));
        for (var t = 0; t < T; t++)
        {
            inputs[t] = [.. states[t], .. x[t]];
            values[t] = [.. Enumerable.Range(0, 4).Select(k => Enumerable.Range(0, H).Select(j => Activate(k, biases[k][j] + Dot(gates[k][j], inputs[t]))).ToArray())];
            cells[t + 1] = [.. Enumerable.Range(0, H).Select(j => (values[t][1][j] * cells[t][j]) + (values[t][0][j] * values[t][2][j]))];
            states[t + 1] = [.. Enumerable.Range(0, H).Select(j => values[t][3][j] * MathF.Tanh(cells[t + 1][j]))];
        }

        var (dGates, dBiases) = (gates.Select(gate => gate.Select(row => new float[row.Length]).ToArray()).ToArray(), biases.Select(bias => new float[H]).ToArray());
        var (dwy, dby, dh, dc) = (wy.Select(row => new float[H]).ToArray(), new float[O], new float[H], new float[H]);
        for (var t = T - 1; t >= 0; t--)
        {
            for (var o = 0; o < O; o++)
            {
                var error = by[o] + Dot(wy[o], states[t + 1]) - targets[t][o];
                dby[o] += error;
                for (var j = 0; j < H; j++)
                {
                    dwy[o][j] += error * states[t + 1][j];
                    dh[j] += error * wy[o][j];
                }
            }

            var dInput = new float[H + I];
            for (var j = 0; j < H; j++)
            {
                var (i, f, g, o) = (values[t][0][j], values[t][1][j], values[t][2][j], values[t][3][j]);
                var tanh = MathF.Tanh(cells[t + 1][j]);
                var through = dh[j] * o * (mistake == "tanh" ? 1 : 1 - (tanh * tanh));
                dc[j] = mistake == "assigned" ? through : dc[j] + through;
                float[] delta = [dc[j] * g * i * (1 - i), dc[j] * cells[t][j] * f * (1 - f), dc[j] * i * (1 - (g * g)), dh[j] * tanh * o * (1 - o)];
                for (var k = 0; k < 4; k++)
                {
                    dBiases[k][j] += delta[k];
                    for (var m = 0; m < H + I; m++)
                    {
                        dGates[k][j][m] += (mistake == "copied" && k == 0 && m < H ? delta[1] : delta[k]) * inputs[t][m];
                        dInput[m] += delta[k] * gates[k][j][m];
                    }
                }

                dc[j] *= mistake == "forget" ? 1 : f;
            }

            dh = dInput[..H];
        }

        return Prototype(gates, biases, wy, by, x, targets, states[0], cells[0], dGates, dBiases, dwy, dby);
    }

    private static Prototype Prototype(
        float[][][] gates, float[][] biases, float[][] wy, float[] by, float[][] x, float[][] targets, float[] h0, float[] c0, float[][][] dGates, float[][] dBiases, float[][] dwy, float[] dby)
    {
        var spec = new RnnSpec { Cell = LstmCell.Instance, InputSize = I, HiddenSize = H, OutputSize = O, Loss = LossKind.SquaredError, Reduction = Reduction.Sum };
        var weights = new RnnWeights<double>(spec);
        Put(gates.SelectMany(gate => gate.SelectMany(row => row[H..])), weights.Wxh);
        Put(gates.SelectMany(gate => gate.SelectMany(row => row[..H])), weights.Whh);
        Put(biases.SelectMany(bias => bias), weights.bh);
        Put(wy.SelectMany(row => row), weights.Why);
        Put(by, weights.by);
        var claims = new TensorSet(spec);
        claims.Add("dWxh", Put(dGates.SelectMany(gate => gate.SelectMany(row => row[H..])), new(4 * H, I)));
        claims.Add("dWhh", Put(dGates.SelectMany(gate => gate.SelectMany(row => row[..H])), new(4 * H, H)));
        claims.Add("dbh", Put(dBiases.SelectMany(bias => bias), new(4 * H)));
        claims.Add("dWhy", Put(dwy.SelectMany(row => row), new(O, H)));
        claims.Add("dby", Put(dby, new(O)));
        return new()
        {
            Weights = weights,
            Batch = new()
            {
                Inputs = new(Put(x.SelectMany(row => row), new(T, 1, I))),
                Targets = new(Put(targets.SelectMany(row => row), new(T, 1, O))),
                InitialState = new() { Hidden = Put(h0, new(1, 1, H)), Cell = Put(c0, new(1, 1, H)) },
            },
            Claims = claims,
            Precision = Precision.Float32,
        };
    }

    private static NdArray<double> Put(IEnumerable<float> values, NdArray<double> array)
    {
        var i = 0;
        foreach (var value in values)
        {
            array.Data[i++] = value;
        }

        return array;
    }

    private static float Activate(int gate, float z) => gate == 2 ? MathF.Tanh(z) : 1 / (1 + MathF.Exp(-z));

    private static float Dot(float[] a, float[] b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
