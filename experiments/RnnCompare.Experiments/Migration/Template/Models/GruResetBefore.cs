using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MigratedModel;

/// <summary>A GRU whose reset gate acts before the recurrent product (Cho et al. 2014), which nn.GRU does not have, and a linear output layer.</summary>
public sealed class Model : nn.Module
{
    public const int InputSize = 3;
    public const int HiddenSize = 4;
    public const int OutputSize = 2;
    public const int Layers = 1;
    public const int Directions = 1;
    public const bool HasBias = true;
#if READ_OUT
    public const bool HasOutputBias = true;
#endif
#if TABLE
    public const int Vocabulary = 5;
#endif
    public const ScalarType Precision = ScalarType.Float64;

    private readonly ResetBeforeGru rnn;
#if READ_OUT
    private readonly Linear fc;
#endif
#if TABLE
    private readonly Embedding embedding;
#endif

    public Model()
        : base(nameof(Model))
    {
        rnn = new();
#if READ_OUT
        fc = nn.Linear(Directions * HiddenSize, OutputSize, hasBias: HasOutputBias, dtype: Precision);
#endif
#if TABLE
        embedding = nn.Embedding(Vocabulary, InputSize, dtype: Precision);
#endif
        RegisterComponents();
    }

    /// <summary>Reads the weights of a file of TorchSharp's.</summary>
    public static Model Load(string path)
    {
        var model = new Model();
        model.load(path);
        return model;
    }

    /// <summary>Computes the outputs of a batch.</summary>
    /// <returns>The outputs, which for cross-entropy are logits, and the top layer's states (T, B, Directions·HiddenSize).</returns>
    public (Tensor Outputs, Tensor States) Forward(Batch batch)
    {
#if TABLE
        var x = embedding.call(batch.Inputs); // (T, B, InputSize)
#elif TOKENS
        var x = nn.functional.one_hot(batch.Inputs, InputSize).to_type(Precision); // (T, B, InputSize)
#else
        var x = batch.Inputs; // (T, B, InputSize)
#endif
        var h0 = batch.Hidden ?? zeros(Layers * Directions, x.shape[1], HiddenSize, dtype: Precision);
#if LENGTHS
        var states = rnn.Forward(x, h0, batch);
#else
        var states = rnn.Forward(x, h0);
#endif
#if !READ_OUT
        return (states, states);
#elif LAST_STEP
        return (fc.call(batch.LastStep(states)), states);
#else
        return (fc.call(states), states);
#endif
    }
}

/// <summary>The recurrent layers, step by step. Gates are stacked r, z, n as in nn.GRU.</summary>
public sealed class ResetBeforeGru : nn.Module
{
    private readonly List<Cell> cells = [];

    public ResetBeforeGru()
        : base(nameof(ResetBeforeGru))
    {
        for (var i = 0; i < Model.Layers * Model.Directions; i++)
        {
            var suffix = $"_l{i / Model.Directions}{(i % Model.Directions == 1 ? "_reverse" : "")}";
            cells.Add(new(
                Register("weight_ih" + suffix, 3 * Model.HiddenSize, i < Model.Directions ? Model.InputSize : Model.Directions * Model.HiddenSize),
                Register("weight_hh" + suffix, 3 * Model.HiddenSize, Model.HiddenSize),
                Model.HasBias ? Register("bias_ih" + suffix, 3 * Model.HiddenSize) : null));
        }
    }

    /// <summary>Computes the top layer's states.</summary>
    /// <param name="x">(T, B, InputSize).</param>
    /// <param name="h0">(Layers·Directions, B, HiddenSize).</param>
#if LENGTHS
    /// <param name="batch">Says which sequences have ended.</param>
    public Tensor Forward(Tensor x, Tensor h0, Batch batch)
#else
    public Tensor Forward(Tensor x, Tensor h0)
#endif
    {
        for (var layer = 0; layer < Model.Layers; layer++)
        {
            var directions = new List<Tensor>();
            for (var direction = 0; direction < Model.Directions; direction++)
            {
                var index = (layer * Model.Directions) + direction;
#if LENGTHS
                directions.Add(Run(cells[index], x, h0[index], batch, backward: direction == 1));
#else
                directions.Add(Run(cells[index], x, h0[index], backward: direction == 1));
#endif
            }

            x = cat(directions, 2);
        }

        return x;
    }

#if LENGTHS
    private static Tensor Run(Cell cell, Tensor x, Tensor h, Batch batch, bool backward)
#else
    private static Tensor Run(Cell cell, Tensor x, Tensor h, bool backward)
#endif
    {
        var (r, z, n) = (cell.weight_hh.chunk(3)[0].t(), cell.weight_hh.chunk(3)[1].t(), cell.weight_hh.chunk(3)[2].t());
        var inputs = nn.functional.linear(x, cell.weight_ih, cell.bias_ih).unbind(0);
        var states = new Tensor[inputs.Length];
        for (var i = 0; i < states.Length; i++)
        {
            var t = backward ? states.Length - 1 - i : i;
            var parts = inputs[t].chunk(3, 1);
            var reset = (parts[0] + h.mm(r)).sigmoid();
            var update = (parts[1] + h.mm(z)).sigmoid();
            var candidate = (parts[2] + (reset * h).mm(n)).tanh();
            var next = candidate + (update * (h - candidate));
#if LENGTHS
            h = next.where(batch.IsActive(t), h);
#else
            h = next;
#endif
            states[t] = h;
        }

        return stack(states, 0);
    }

    private Parameter Register(string name, params long[] shape)
    {
        var bound = 1 / Math.Sqrt(Model.HiddenSize);
        var parameter = nn.Parameter((rand(shape, dtype: Model.Precision) * (2 * bound)) - bound);
        register_parameter(name, parameter);
        return parameter;
    }

    private sealed record Cell(Parameter weight_ih, Parameter weight_hh, Parameter? bias_ih);
}
