using RnnCompare.Checking.Comparison;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Slips;

/// <summary>A program with slips in its backward pass that move its gradients and nothing else.</summary>
/// <param name="Program">The program.</param>
/// <param name="Slips">The slips.</param>
/// <param name="Seed">The seed of its sizes and numbers.</param>
/// <param name="Saved">What it saves.</param>
internal sealed record SlipCase(SourceProgram Program, IReadOnlyList<SourceSlip> Slips, int Seed, NamedArrays Saved)
{
    // A gradient moves visibly where it lies this many noise floors off.
    private const double Visible = 1000;

    /// <summary>Draws a case: the program, then the kind of each slip, then the slip, with equal chances.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="slips">How many: 0, 1 or 2.</param>
    public static SlipCase Draw(int seed, int slips)
    {
        var random = new Random(seed);
        while (true)
        {
            var program = SourceProgram.All[random.Next(SourceProgram.All.Count)];
            var kinds = program.Slips.GroupBy(slip => slip.Kind).Select(kind => kind.ToArray()).ToArray();
            SourceSlip[] drawn = [.. Enumerable.Range(0, slips).Select(_ => kinds[random.Next(kinds.Length)]).Select(kind => kind[random.Next(kind.Length)])];
            if (Create(program, drawn, random.Next()) is { } made)
            {
                return made;
            }
        }
    }

    /// <summary>A case of given slips; null where the program does not survive them, they are not seen, they spoil the forward pass, or one hides the other.</summary>
    public static SlipCase? Create(SourceProgram program, IReadOnlyList<SourceSlip> slips, int seed)
    {
        var right = program.Run(seed);
        if (slips.Count == 0)
        {
            return new(program, slips, seed, right);
        }

        // Two slips in one statement have no single meaning.
        if (slips.Select(slip => slip.Statement).Distinct().Count() < slips.Count || program.Run(seed, slips) is not { } wrong || !KeepsForward(right, wrong))
        {
            return null;
        }

        var expected = program.Read(right);
        var floor = NoiseFloor.Measure(expected.Weights, expected.Batch, Precision.Float64);
        NamedArrays?[] others = [right, .. slips.Count > 1 ? slips.Select(slip => program.Run(seed, [slip])) : []];
        return others.All(other => other is not null && Moves(expected, program.Read(other).Claims, program.Read(wrong).Claims, floor)) ? new(program, slips, seed, wrong) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Slips.Count == 0 ? Program.Name : string.Join(" AND ", Slips.Select(Program.Describe)))} (numbers of seed {Seed})";

    private static bool IsGradient(string name) => name.StartsWith('d');

    // What is not a gradient is there to the last bit; a gradient of another shape, or none of finite numbers, tells of itself.
    private static bool KeepsForward(NamedArrays right, NamedArrays wrong)
    {
        return right.Names.Where(name => name != "meta").All(name => right[name].Shape.SequenceEqual(wrong[name].Shape)
            && (IsGradient(name) ? wrong.Get<double>(name).Data.All(double.IsFinite) : right.Get<double>(name).Span.SequenceEqual(wrong.Get<double>(name).Span)));
    }

    private static bool Moves(SavedPrototype expected, IReadOnlyList<PrototypeArray<double>> before, IReadOnlyList<PrototypeArray<double>> after, NoiseFloor floor)
    {
        return before.Zip(after).Any(pair => expected.Weights.Tensors.Any(weight => TensorNames.Gradient(weight.Name) == pair.First.Tensor)
            && TensorComparison.Compare(expected.Spec, pair.First.Tensor, pair.First.Values, pair.Second.Values, floor).WorstPart.Residual > Visible);
    }
}
