using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MigratedModel;

/// <summary>Recurrent layers of a cell of the prototype's own, and a linear output layer.</summary>
public sealed class Model : nn.Module
{
    public const int InputSize = 3;
    public const int HiddenSize = 4;
    public const int OutputSize = 2;
    public const int Layers = 1;
    public const int Directions = 1;
#if READ_OUT
    public const bool HasOutputBias = true;
#endif
#if TABLE
    public const int Vocabulary = 5;
#endif
    public const ScalarType Precision = ScalarType.Float64;

    private readonly RecurrentLayers rnn;
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
        fc = nn.Linear(Directions * Cell.StateSizes[0], OutputSize, hasBias: HasOutputBias, dtype: Precision);
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
    /// <returns>The outputs, which for cross-entropy are logits, and the top layer's states (T, B, Directions·n).</returns>
    public (Tensor Outputs, Tensor States) Forward(Batch batch)
    {
#if TABLE
        var x = embedding.call(batch.Inputs); // (T, B, InputSize)
#elif TOKENS
        var x = nn.functional.one_hot(batch.Inputs, InputSize).to_type(Precision); // (T, B, InputSize)
#else
        var x = batch.Inputs; // (T, B, InputSize)
#endif
        var states = rnn.Forward(x, batch);
#if !READ_OUT
        return (states, states);
#elif LAST_STEP
        return (fc.call(batch.LastStep(states)), states);
#else
        return (fc.call(states), states);
#endif
    }
}

/// <summary>The recurrent layers, step by step.</summary>
public sealed class RecurrentLayers : nn.Module
{
    private readonly List<Cell> cells = [];

    public RecurrentLayers()
        : base(nameof(RecurrentLayers))
    {
        for (var i = 0; i < Model.Layers * Model.Directions; i++)
        {
            var cell = new Cell(i < Model.Directions ? Model.InputSize : Model.Directions * Cell.StateSizes[0]);
            register_module($"l{i / Model.Directions}{(i % Model.Directions == 1 ? "_reverse" : "")}", cell);
            cells.Add(cell);
        }
    }

    /// <summary>Computes the top layer's states.</summary>
    /// <param name="x">(T, B, InputSize).</param>
    /// <param name="batch">The first states, and how long sequences are.</param>
    public Tensor Forward(Tensor x, Batch batch)
    {
        for (var layer = 0; layer < Model.Layers; layer++)
        {
            var directions = new List<Tensor>();
            for (var direction = 0; direction < Model.Directions; direction++)
            {
                directions.Add(Run((layer * Model.Directions) + direction, x, batch, backward: direction == 1));
            }

            x = cat(directions, 2);
        }

        return x;
    }

    private Tensor Run(int index, Tensor x, Batch batch, bool backward)
    {
        var (inputs, states) = (x.unbind(0), First(index, x.shape[1], batch));
        var outputs = new Tensor[inputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            var t = backward ? outputs.Length - 1 - i : i;
            var next = cells[index].Step(inputs[t], states);
#if LENGTHS
            states = [.. next.Zip(states, (after, before) => after.where(batch.IsActive(t), before))];
#else
            states = next;
#endif
            outputs[t] = states[0];
        }

        return stack(outputs, 0);
    }

    // The first state is Batch.Hidden; the others stand side by side in Batch.Cell.
    private static Tensor[] First(int index, long sequences, Batch batch)
    {
        var (states, start) = (new Tensor[Cell.StateSizes.Count], 0L);
        for (var i = 0; i < states.Length; i++)
        {
            var size = Cell.StateSizes[i];
            states[i] = i == 0 ? batch.Hidden?[index] ?? zeros(sequences, size, dtype: Model.Precision)
                : batch.Cell?[index].narrow(1, start, size) ?? zeros(sequences, size, dtype: Model.Precision);
            start += i == 0 ? 0 : size;
        }

        return states;
    }
}

/// <summary>One layer in one direction; H is the hidden size, I what enters a step.</summary>
public sealed class Cell : nn.Module
{
    // <equations>
    // cell mgu                          # Zhou, Wu, Zhang & Zhou 2016
    // state h
    // f  = sigmoid(x·Wxf + h·Whf + bf)
    // n  = tanh(x·Wxn + (f ⊙ h)·Whn + bn)
    // h' = (1 - f) ⊙ h + f ⊙ n
    // </equations>
    private const int H = Model.HiddenSize;

    private readonly int I;
    // <fields>
    private readonly Parameter Wxf;
    private readonly Parameter Whf;
    private readonly Parameter bf;
    private readonly Parameter Wxn;
    private readonly Parameter Whn;
    private readonly Parameter bn;
    // </fields>

    public Cell(int inputs)
        : base(nameof(Cell))
    {
        I = inputs;
        // <parameters>
        Wxf = Weight(I, H);
        Whf = Weight(H, H);
        bf = Weight(H);
        Wxn = Weight(I, H);
        Whn = Weight(H, H);
        bn = Weight(H);
        // </parameters>
        RegisterComponents();
    }

    /// <summary>The elements of each state; the first is handed to the output layer and to the layer above.</summary>
    // <states>
    public static IReadOnlyList<int> StateSizes { get; } = [H];
    // </states>

    /// <summary>Computes a step.</summary>
    /// <param name="x">(B, I).</param>
    /// <param name="before">The states before it, (B, n) each.</param>
    /// <returns>The states after it.</returns>
    public Tensor[] Step(Tensor x, Tensor[] before)
    {
        // <step>
        var h = before[0];
        var f = (x.mm(Wxf) + h.mm(Whf) + bf).sigmoid();
        var fh = f * h;
        var n = (x.mm(Wxn) + fh.mm(Whn) + bn).tanh();
        var hNext = (1 - f) * h + f * n;
        return [hNext];
        // </step>
    }

    private static Parameter Weight(params long[] shape)
    {
        var bound = 1 / Math.Sqrt(H);
        return nn.Parameter((rand(shape, dtype: Model.Precision) * (2 * bound)) - bound);
    }
}
