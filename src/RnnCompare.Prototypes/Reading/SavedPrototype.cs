using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>What someone's hand-written model saved, in canonical form: its network, the batch that it ran on, and what it says came out.</summary>
public sealed record SavedPrototype
{
    /// <summary>The convention of its arrays.</summary>
    public required Convention Convention { get; init; }

    /// <summary>Where its weights and their gradients stand.</summary>
    public required WeightLayout Layout { get; init; }

    /// <summary>What was said about the arrays; the rest follows from them.</summary>
    public required PrototypeOptions Options { get; init; }

    /// <summary>The weights, and with them the network.</summary>
    public required RnnWeights<double> Weights { get; init; }

    /// <summary>Inputs, initial state, lengths and, unless an adjoint is given in their place, targets.</summary>
    public required SequenceBatch<double> Batch { get; init; }

    /// <summary>A given adjoint of the hidden states (T, B, D·H), the <c>dh</c> of a prototype without targets; otherwise null.</summary>
    public NdArray<double>? Upstream { get; init; }

    /// <summary>The arrays that the prototype started from: weights, inputs and states, with their types.</summary>
    public required IReadOnlyList<PrototypeArray<double>> Given { get; init; }

    /// <summary>
    /// What the prototype says came out: <c>loss</c> (), <c>y</c> and <c>p</c> (T, B, O) or (B, O), <c>h</c> (T, B, D·H), <c>dh</c> (L·D, T, B, H),
    /// <c>dx</c> (T, B, I), <c>dh0</c>, <c>dc0</c> (L·D, B, H), and gradients in the shapes of their weights; that of a second bias is
    /// <c>dbias_hh</c>, see <see cref="SecondBias.Gradient"/>. NaN and infinity may be among them; what lies past a sequence's length is zero.
    /// </summary>
    public required IReadOnlyList<PrototypeArray<double>> Claims { get; init; }

    /// <summary>Canonical names of the gradients that the prototype does not have though it has their weights; see <see cref="NameOf"/>.</summary>
    public required IReadOnlyList<string> MissingGradients { get; init; }

    /// <summary>Arrays that nothing here knows.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>The name among <see cref="Claims"/> of the gradient of the table in which inputs were looked up.</summary>
    public const string TableGradient = "dtable";

    /// <summary>The name among <see cref="Claims"/> of the gradient of the outputs, (T, B, O) or (B, O).</summary>
    public const string OutputGradient = "dy";

    /// <summary>The name among <see cref="Claims"/> of the cell states of all steps, (T, B, H), of one layer in one direction.</summary>
    public const string CellStates = "c";

    /// <summary>The name among <see cref="Claims"/> of the states of all layers, (L, T, B, H), of a network in one direction.</summary>
    public const string AllStates = "hL";

    /// <summary>The states (L, T, B, H) of every layer of a network in one direction.</summary>
    public static NdArray<double> StatesOfAllLayers(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(batch);
        var spec = weights.Spec;
        var size = batch.Steps * batch.BatchSize * spec.HiddenStateSize;
        var all = new NdArray<double>(spec.Layers, batch.Steps, batch.BatchSize, spec.HiddenStateSize);
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            var lower = new RnnWeights<double>(spec with { Layers = layer + 1 });
            foreach (var tensor in lower.Tensors)
            {
                weights[tensor.Name].Span.CopyTo(tensor.Values.Span);
            }

            using var engine = CellEngine.Create(lower);
            engine.Forward(batch with { Targets = null, LossWeights = null, InitialState = Lower(batch.InitialState, layer + 1) }).Hidden.Span.CopyTo(all.Span[(layer * size)..]);
        }

        return all;
    }

    /// <summary>Whether a claim is one of those that no pass of an engine returns: they are compared by what they follow from.</summary>
    public static bool IsDerived(string tensor) => tensor is TableGradient or OutputGradient or CellStates or AllStates;

    /// <summary>How the loss is put together.</summary>
    internal LossScale Scale { get; init; } = new("sum", null, 1);

    /// <summary>How the loss is put together, in words.</summary>
    public string ReductionText => Scale.Describe(Spec.Outputs == OutputMode.EveryStep ? Batch.Steps : 1);

    /// <summary>How the arrays were read, where names and shapes left that open; null where they said it, or someone else did.</summary>
    public ReadingReport? Reading { get; init; }

    /// <summary>The indices (T, B) by which inputs were looked up in a table of vectors; null where there is none.</summary>
    public NdArray<long>? Tokens { get; init; }

    /// <summary>The table (V, I) of vectors in which inputs were looked up, as the prototype names it; null where there is none.</summary>
    public PrototypeArray<double>? Table { get; init; }

    /// <summary>Gradients that were taken from an update, by canonical name: what the subtraction cost, relative to their norm.</summary>
    public IReadOnlyDictionary<string, double> Cancellation { get; init; } = new Dictionary<string, double>();

    /// <summary>Canonical names of weights and gradients that are the other way round, where the convention does not say so.</summary>
    internal IReadOnlySet<string> Turned { get; init; } = new HashSet<string>();

    /// <summary>The network.</summary>
    public RnnSpec Spec => Weights.Spec;

    /// <summary>The prototype's own name of a canonical array or of its gradient, as messages should use it; the canonical one where it has none.</summary>
    /// <param name="tensor">For example <c>dWhh</c>, <c>Whh.1r</c> or <c>h</c>.</param>
    public string NameOf(string tensor)
    {
        return Find(tensor)?.Name ?? (Differentiated(tensor) is { } array ? array.GradientName ?? TensorNames.Gradient(array.Name) : tensor);
    }

    /// <summary>Where an element stands in the prototype's own array; the canonical index where it has no such array.</summary>
    /// <param name="tensor">The canonical name.</param>
    /// <param name="index">The canonical index.</param>
    public IReadOnlyList<int> IndexOf(string tensor, IReadOnlyList<int> index) => (Find(tensor) ?? Differentiated(tensor))?.OwnIndex(index) ?? index;

    /// <summary>The prototype's own name of an element, for example <c>dW2[7,2]</c>.</summary>
    /// <param name="tensor">The canonical name.</param>
    /// <param name="index">The canonical index.</param>
    public string ElementOf(string tensor, IReadOnlyList<int> index)
    {
        return Find(tensor)?.Locate(index) ?? $"{NameOf(tensor)}[{string.Join(',', IndexOf(tensor, index))}]";
    }

    /// <summary>Whether the prototype keeps a weight, and its gradient, the other way round: (in, out).</summary>
    /// <param name="tensor">The canonical name.</param>
    public bool IsTransposed(string tensor)
    {
        return Turned.Contains(tensor) || Layout.Places.Any(place => place.Layout.IsTransposed && (tensor == place.Tensor || tensor == TensorNames.Gradient(place.Tensor)));
    }

    /// <summary>Whether the prototype has a weight or a bias of this canonical name; in the network, it is zero where it has not.</summary>
    public bool Has(string tensor) => Given.Any(array => array.Tensor == tensor);

    private static RnnState<double>? Lower(RnnState<double>? state, int layers) => state is null ? null : new() { Hidden = state.Hidden.Cut(0, layers), Cell = state.Cell?.Cut(0, layers) };

    private PrototypeArray<double>? Find(string tensor) => Claims.Concat(Given).FirstOrDefault(array => array.Tensor == tensor);

    private PrototypeArray<double>? Differentiated(string gradient) => Given.FirstOrDefault(array => gradient == TensorNames.Gradient(array.Tensor));
}
