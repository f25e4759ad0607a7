using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>What a hand-written program was given, and what it says that it computed.</summary>
public sealed record Prototype
{
    /// <summary>The weights, and with them the network.</summary>
    public required RnnWeights<double> Weights { get; init; }

    /// <summary>The batch, with targets.</summary>
    public required SequenceBatch<double> Batch { get; init; }

    /// <summary>
    /// The program's arrays, any of the names of <see cref="TensorSet"/>: gradients, and where it has them the loss, y, p, h and
    /// dL/dh_t. What lies past a sequence's length is ignored.
    /// </summary>
    public required TensorSet Claims { get; init; }

    /// <summary>The precision of the weights and of everything computed from them.</summary>
    public Precision Precision { get; init; } = Precision.Float64;

    /// <summary>The precisions of claimed arrays, by name, where they are lower than that of the weights.</summary>
    public IReadOnlyDictionary<string, Precision> ArrayPrecisions { get; init; } = new Dictionary<string, Precision>();

    /// <summary>What arrays err by for a known reason beside rounding, by name, relative to their norm.</summary>
    public IReadOnlyDictionary<string, double> Uncertainty { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether every question is asked, however large the network is and however long it takes.</summary>
    public bool IsThorough { get; init; }

    /// <summary>What the program calls its arrays.</summary>
    public ITensorNaming Naming { get; init; } = CanonicalNaming.Instance;

    /// <summary>The cell and the sizes in a few words.</summary>
    internal string Sizes
    {
        get
        {
            var spec = Weights.Spec;
            return $"{spec.Cell}, T={Batch.Steps} B={Batch.BatchSize} I={spec.InputSize} H={spec.HiddenSize} O={spec.OutputSize}{(spec.Layers > 1 ? $" L={spec.Layers}" : "")}{(spec.Bidirectional ? ", both directions" : "")}";
        }
    }

    /// <summary>The precision that an array is judged by.</summary>
    public Precision PrecisionOf(string name)
    {
        return Precision.Lower(ArrayPrecisions.GetValueOrDefault(name, Precision));
    }
}
