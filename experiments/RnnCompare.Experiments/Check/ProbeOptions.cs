using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Probing;
using RnnCompare.Models;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>What a probe is to be like, as <c>rnncompare probe</c> is told; messages name its options.</summary>
public sealed record ProbeOptions
{
    /// <summary>T,B,I,H,O: five whole numbers of at least 1, separated by commas.</summary>
    public required string Sizes { get; init; }

    /// <summary>L.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether the network also reads from the end.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Whether sequences have lengths of their own.</summary>
    public bool Lengths { get; init; }

    /// <summary>What every random draw starts from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>float32 or float64.</summary>
    public string Precision { get; init; } = "float64";

    /// <summary>The request that these options make.</summary>
    /// <param name="meant">What was said of the prototype; where nothing was, the loss is cross-entropy, averaged, with an output at every step.</param>
    /// <param name="cell">The cell.</param>
    /// <exception cref="InputException">A value is not accepted.</exception>
    public ProbeRequest Request(PrototypeOptions meant, RecurrentCell cell)
    {
        ArgumentNullException.ThrowIfNull(meant);
        var sizes = ReadSizes();
        var spec = new RnnSpec
        {
            Cell = cell,
            InputSize = sizes[2],
            HiddenSize = sizes[3],
            OutputSize = sizes[4],
            Layers = AtLeast(1, Layers, "--layers"),
            Bidirectional = Bidirectional,
            Loss = meant.Loss ?? LossKind.CrossEntropy,
            Outputs = meant.Outputs ?? OutputMode.EveryStep,
            Reduction = meant.Reduction ?? Reduction.Mean,
        };
        return spec.Loss == LossKind.CrossEntropy && spec.OutputSize == 1
            ? throw new InputException("--sizes: O is 1, but cross-entropy needs at least 2 classes; or --loss squared-error.")
            : new()
            {
                Spec = spec,
                Steps = sizes[0],
                BatchSize = sizes[1],
                Lengths = Lengths,
                Seed = AtLeast(0, Seed, "--seed"),
                Precision = ReadPrecision(),
            };
    }

    private int[] ReadSizes()
    {
        int[] sizes = [.. Sizes.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0)];
        return sizes is [> 0, > 0, > 0, > 0, > 0]
            ? sizes
            : throw new InputException($"--sizes: sizes are {Sizes}, expected T,B,I,H,O, five whole numbers of at least 1.");
    }

    private Precision ReadPrecision() => Precision switch
    {
        "float32" => Checking.Comparison.Precision.Float32,
        "float64" => Checking.Comparison.Precision.Float64,
        _ => throw new InputException($"--precision is {Precision}, expected float32 or float64."),
    };

    private static int AtLeast(int least, int value, string option)
    {
        return value >= least ? value : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}, but must be a whole number of at least {least}."));
    }
}
