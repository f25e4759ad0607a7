using System.Globalization;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data.Layouts;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Check;

/// <summary>What a probe is to be: a network, the size of its batch, and how it is written.</summary>
public sealed record ProbeRequest
{
    /// <summary>The network.</summary>
    public required RnnSpec Spec { get; init; }

    /// <summary>T.</summary>
    public required int Steps { get; init; }

    /// <summary>B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Whether sequences have lengths of their own.</summary>
    public bool Lengths { get; init; }

    /// <summary>What every draw starts from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The type of the numbers.</summary>
    public Precision Precision { get; init; } = Precision.Float64;

    /// <summary>The names and orders of the arrays.</summary>
    public Convention Convention { get; init; } = ConventionTable.Canonical;

    /// <summary>Reads sizes such as <c>6,3,4,7,5</c>: T, B, I, H, O.</summary>
    /// <exception cref="InputException">They are no five whole numbers of at least 1.</exception>
    public static (int Steps, int BatchSize, int Inputs, int Hidden, int Outputs) ParseSizes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] sizes = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0)];
        return sizes is [> 0, > 0, > 0, > 0, > 0]
            ? (sizes[0], sizes[1], sizes[2], sizes[3], sizes[4])
            : throw new InputException($"--sizes: sizes are {text}, expected T,B,I,H,O, five whole numbers of at least 1.");
    }
}
