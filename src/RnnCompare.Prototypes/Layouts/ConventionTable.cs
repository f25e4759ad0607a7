using static RnnCompare.Models.TensorNames;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>The conventions that there are. A new one is a row here: shapes are in the letters of <see cref="AxisSizes"/>.</summary>
public static class ConventionTable
{
    /// <summary>The project's own: W·x, shapes (out, in), time-major.</summary>
    public static Convention Canonical { get; } = new()
    {
        Name = "canonical",
        Layers = LayerNaming.Suffix,
        Tensors =
        [
            new(Wxh, "GI", "Wxh"),
            new(Whh, "GH", "Whh"),
            new(Bh, "G", "bh"),
            new(Bhn, "H", "bhn") { CandidateBias = true },
            new(Why, "OF", "Why"),
            new(By, "O", "by"),
        ],
    };

    /// <summary>Rows: x·W, shapes (in, out), biases as rows.</summary>
    public static Convention Row { get; } = new()
    {
        Name = "row",
        Layers = LayerNaming.Suffix,
        Tensors =
        [
            new(Wxh, "IG", "Wxh"),
            new(Whh, "HG", "Whh"),
            new(Bh, "1G", "bhh", "bh") { OtherAxes = "G" },
            new(Bhn, "1H", "bhn") { OtherAxes = "H", CandidateBias = true },
            new(Why, "FO", "Who", "Why"),
            new(By, "1O", "bho", "by") { OtherAxes = "O" },
        ],
    };

    /// <summary>Numbered weights: rows x·W1 + h·W2, but an output layer (O, H); the batch comes first.</summary>
    public static Convention Numbered { get; } = new()
    {
        Name = "w123",
        Layers = LayerNaming.OneLayer,
        Tensors =
        [
            new(Wxh, "IG", "W1"),
            new(Whh, "HG", "W2"),
            new(Bh, "G", "bh"),
            new(Bhn, "H", "bhn") { CandidateBias = true },
            new(Why, "OF", "W3"),
            new(By, "O", "bo"),
        ],
        Sequences = ["BTF"],
    };

    /// <summary>U, W, V: columns U·x + W·s, states s, time last.</summary>
    public static Convention TimeLast { get; } = new()
    {
        Name = "uwv",
        Layers = LayerNaming.OneLayer,
        Tensors =
        [
            new(Wxh, "GI", "U"),
            new(Whh, "GH", "W"),
            new(Bh, "G1", "ba"),
            new(Bhn, "H1", "ban") { CandidateBias = true },
            new(Why, "OF", "V"),
            new(By, "O1", "by"),
        ],
        Sequences = ["FBT"],
        OwnWords = new Dictionary<string, string> { ["h"] = "s", ["h0"] = "s0" },
    };

    /// <summary>Columns W·x, biases as columns, as in min-char-rnn.</summary>
    public static Convention Columns { get; } = new()
    {
        Name = "karpathy",
        Layers = LayerNaming.Suffix,
        Tensors =
        [
            new(Wxh, "GI", "Wxh"),
            new(Whh, "GH", "Whh"),
            new(Bh, "G1", "bh"),
            new(Bhn, "H1", "bhn") { CandidateBias = true },
            new(Why, "OF", "Why"),
            new(By, "O1", "by"),
        ],
        Sequences = ["TFB", "TBF"],
    };

    /// <summary>nn.RNN, nn.LSTM or nn.GRU with an nn.Linear.</summary>
    public static Convention Torch { get; } = new()
    {
        Name = "pytorch",
        Layers = LayerNaming.Torch,
        Tensors =
        [
            new(Wxh, "GI", "weight_ih"),
            new(Whh, "GH", "weight_hh"),
            new(Bh, "G", "bias_ih"),
            new(SecondBias.Name, "G", "bias_hh"),
            new(Bhn, "G", "bias_hh") { CandidateBias = true },
            new(Why, "OF", "fc.weight", "linear.weight", "decoder.weight"),
            new(By, "O", "fc.bias", "linear.bias", "decoder.bias"),
        ],
        StatesHaveLayers = true,
    };

    /// <summary>Keras's SimpleRNN, LSTM or GRU with a Dense layer; a GRU with reset_after keeps its two biases in one array.</summary>
    public static Convention Keras { get; } = new()
    {
        Name = "keras",
        Layers = LayerNaming.Keras,
        Tensors =
        [
            new(Wxh, "IG", "kernel"),
            new(Whh, "HG", "recurrent_kernel"),
            new(Bh, "G", "bias") { CandidateBias = false },
            new(Bh, "PG", "bias") { CandidateBias = true, Part = 0 },
            new(SecondBias.Name, "PG", "bias") { CandidateBias = true, Part = 1 },
            new(Bhn, "PG", "bias") { CandidateBias = true, Part = 1 },
            new(Why, "FO", "dense/kernel"),
            new(By, "O", "dense/bias"),
        ],
        Sequences = ["BTF"],
        GateOrders = ["zrn"],
    };

    /// <summary>Every convention, in the order of help texts.</summary>
    public static IReadOnlyList<Convention> All { get; } = [Canonical, Row, Numbered, TimeLast, Columns, Torch, Keras];

    /// <summary>The convention of a name such as <c>w123</c>.</summary>
    /// <exception cref="ArgumentException">There is no such convention; the message lists those that exist.</exception>
    public static Convention Named(string name)
    {
        foreach (var convention in All)
        {
            if (convention.Name == name)
            {
                return convention;
            }
        }

        throw new ArgumentException($"Unknown convention '{name}'; known: {string.Join(", ", All)}.", nameof(name));
    }
}
