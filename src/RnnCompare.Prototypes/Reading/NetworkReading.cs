using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>One way to read the weights of a prototype.</summary>
internal sealed record NetworkReading
{
    public required RecurrentCell Cell { get; init; }

    public required int InputSize { get; init; }

    public required int HiddenSize { get; init; }

    /// <summary>O; null where no output layer was found.</summary>
    public int? OutputSize { get; init; }

    public required int Layers { get; init; }

    public required bool Bidirectional { get; init; }

    /// <summary>The arrays and what stands in them.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>The vectors of tokens (V, I), where inputs are looked up in them.</summary>
    public string? Embedding { get; init; }

    /// <summary>Whether the update gate writes: h = (1 − z) ⊙ h + z ⊙ n. It is then read with the other sign, for σ(−a) = 1 − σ(a).</summary>
    public bool UpdateWrites { get; init; }

    /// <summary>What was chosen, as words for the keys of <see cref="PrototypeOptions"/>.</summary>
    public required IReadOnlyDictionary<string, string> Choices { get; init; }

    /// <summary>F, the hidden values under the output layer.</summary>
    public int FeatureSize => (Bidirectional ? 2 : 1) * Cell.HiddenStateSize(HiddenSize);

    /// <summary>A text that is equal for readings that come to the same.</summary>
    public string Key => string.Join(';', Blocks.Select(block => $"{block.Array}{block.Suffix}:{block.Units}:{string.Join(',', block.Gates)}:{block.Order}:{string.Join(',', block.Segments)}")
        .Prepend($"{Cell}:{UpdateWrites}:{Embedding}"));

    /// <summary>The arrays that are read.</summary>
    public IEnumerable<string> Arrays => Blocks.Select(block => block.Array).Concat(Embedding is null ? [] : [Embedding]).Distinct();

    /// <summary>The canonical tensors that have arrays, second biases among them.</summary>
    public IEnumerable<string> Tensors => Blocks.SelectMany(block => block.Tensors).Distinct();

    /// <summary>The network, with every output; loss and reduction are not known yet. Without an output layer the hidden states are the outputs.</summary>
    public RnnSpec Spec => new()
    {
        Cell = Cell,
        InputSize = InputSize,
        HiddenSize = HiddenSize,
        OutputSize = OutputSize ?? FeatureSize,
        Layers = Layers,
        Bidirectional = Bidirectional,
        Loss = LossKind.SquaredError,
        Reduction = Reduction.Sum,
    };

    /// <summary>The weights in canonical form; a second bias is added to the first.</summary>
    public RnnWeights<double> ReadWeights(NamedArrays arrays, RnnSpec spec)
    {
        var weights = new RnnWeights<double>(spec);
        foreach (var block in Blocks)
        {
            var own = arrays.Get<double>(block.Array).Data;
            foreach (var tensor in block.Tensors)
            {
                var isSecond = tensor.StartsWith(SecondBias.Name, StringComparison.Ordinal);
                var values = weights[isSecond ? TensorNames.Bh + block.Suffix : tensor].Data;
                foreach (var (canonical, place, gate) in block.Places(tensor))
                {
                    values[canonical] = (isSecond ? values[canonical] : 0) + (Sign(gate, tensor) * own[place]);
                }
            }
        }

        if (OutputSize is null)
        {
            for (var i = 0; i < spec.OutputSize; i++)
            {
                weights.Why[i, i] = 1;
            }
        }

        return weights;
    }

    /// <summary>The factor between a prototype's element and the canonical one.</summary>
    public double Sign(int gate, string tensor)
    {
        return UpdateWrites && gate == 1 && !tensor.StartsWith(TensorNames.Why, StringComparison.Ordinal) && !tensor.StartsWith(TensorNames.By, StringComparison.Ordinal) ? -1 : 1;
    }
}
