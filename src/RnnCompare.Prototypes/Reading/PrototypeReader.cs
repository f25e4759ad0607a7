using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Turns the arrays that a prototype saved into a network, a batch and claims.</summary>
/// <remarks>
/// Where a convention was said, or names and shapes follow one and what was computed bears it out, the arrays are read so. Otherwise
/// the readings that names and shapes allow are run, and the one that gives what the prototype saved is taken. An option that was
/// said is never overruled. <c>meta</c> is a JSON object with keys of <see cref="PrototypeOptions"/>.
/// </remarks>
public static class PrototypeReader
{
    private const double Near = 1e-3;

    /// <summary>Reads a prototype.</summary>
    /// <param name="arrays">What it saved.</param>
    /// <param name="options">How it is meant, where that is not in <c>meta</c>; wins over it.</param>
    /// <exception cref="InvalidDataException">
    /// An array is missing or does not fit, the arrays leave open what they mean, or one that looks like a gradient or a weight would not
    /// be read; one line says which and what was expected.
    /// </exception>
    public static SavedPrototype Read(NamedArrays arrays, PrototypeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var said = Said(arrays, options ?? PrototypeOptions.None);
        try
        {
            return ReadAs(arrays, said);
        }
        catch (InvalidDataException) when (StackedLayers.Apart(arrays) is { } apart && Reads(apart, said))
        {
            return ReadAs(StackedLayers.Apart(arrays)!, said);
        }
        catch (InvalidDataException) when (said.BatchFirst is { } first && Reads(arrays, said.With("batch_first", first ? "false" : "true")))
        {
            var x = DataNames.Find(arrays, DataRole.Inputs)[0];
            throw ArrayName.Refuse(arrays.Source, $"batch_first {(first ? "true" : "false")} was said, so that {x} {arrays[x].ShapeText} would be {(first ? "(B, T, …)" : "(T, B, …)")}, but the shapes of the other arrays show that it is {(first ? "(T, B, …)" : "(B, T, …)")}.");
        }
    }

    private static bool Reads(NamedArrays arrays, PrototypeOptions said)
    {
        try
        {
            ReadAs(arrays, said);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static SavedPrototype ReadAs(NamedArrays arrays, PrototypeOptions said)
    {
        var kept = UnreadArrays.Without(arrays, said.Ignored);
        var names = GradientNames.Of(kept, said.LearningRate ?? LearningRate(kept));
        var saved = said.Convention is null ? Find(names, said) : ConventionReader.Read(names, said);
        UnreadArrays.Refuse(kept, saved);
        return saved;
    }

    /// <summary>What was said of the arrays: by someone or, where nobody did, by themselves.</summary>
    /// <exception cref="InvalidDataException"><c>meta</c> is not readable.</exception>
    internal static PrototypeOptions Said(NamedArrays arrays, PrototypeOptions options) => options.Or(Meta(arrays));

    /// <summary>Reads a prototype whose cell is given as equations: its arrays are found by the names that stand there, and have the axes that they have there.</summary>
    /// <param name="arrays">What it saved.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="options">How the rest is meant, where that is not in <c>meta</c>; wins over it.</param>
    /// <exception cref="InvalidDataException">As with <see cref="Read(NamedArrays, PrototypeOptions)"/>.</exception>
    public static SavedPrototype Read(NamedArrays arrays, EquationCell cell, PrototypeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(cell);
        var said = Said(arrays, options ?? PrototypeOptions.None);
        var known = EquationNames.Of(UnreadArrays.Without(arrays, said.Ignored), cell.Equations);
        var names = GradientNames.Of(known.Arrays, said.LearningRate ?? LearningRate(known.Arrays), known.Own);
        var network = EquationReading.Of(names.Arrays, cell);
        if (DataNames.Find(names.Arrays, DataRole.Inputs).Count == 0)
        {
            throw ArrayName.Refuse(arrays.Source, $"x (T, B, I), what enters the cell, is missing; found {arrays.NamesText}.");
        }

        var (best, report) = ReadingChoice.Find(names.Arrays, [network], said) ?? throw ArrayName.Refuse(
            arrays.Source,
            network.OutputSize is null
                ? $"has nothing that its gradients are of: expected targets and the output layer's weights {cell.Equations.ReadOut.Weight}, or d{cell.Equations.States[0].Name}, an adjoint that is handed in."
                : $"has no targets that fit x {names.Arrays[DataNames.Find(names.Arrays, DataRole.Inputs)[0]].ShapeText} with I = {network.InputSize} and O = {network.OutputSize}.");
        var saved = new TriedPrototype(names.Arrays, names, said, best, report).Build();
        saved = saved with { Ignored = [.. saved.Ignored, .. known.SetAside] };
        UnreadArrays.Refuse(known.Arrays, saved);
        return saved;
    }

    private static PrototypeOptions Meta(NamedArrays arrays)
    {
        if (!arrays.TryGet(ArrayNames.Meta, out _))
        {
            return PrototypeOptions.None;
        }

        try
        {
            return PrototypeOptions.Parse(arrays.GetText(ArrayNames.Meta));
        }
        catch (ArgumentException error)
        {
            throw ArrayName.Refuse(arrays.Source, $"{ArrayNames.Meta}: {error.Message}");
        }
    }

    private static double? LearningRate(NamedArrays arrays)
    {
        return DataNames.Find(arrays, DataRole.LearningRate) is [var name, ..] && arrays.Get<double>(name) is { Length: 1 } rate && rate.Data[0] > 0 ? rate.Data[0] : null;
    }

    private static SavedPrototype Find(GradientNames names, PrototypeOptions options)
    {
        var (saved, refusal) = ((SavedPrototype?)null, (InvalidDataException?)null);
        try
        {
            saved = ConventionReader.Read(names, options);
            if (BearsItselfOut(saved, names.Arrays))
            {
                return saved;
            }
        }
        catch (InvalidDataException error)
        {
            refusal = error;
        }

        // A convention has its own name for the inputs; under another, what it says is that they are missing.
        var isOfAConvention = saved is not null || (ConventionReader.Knows(names.Arrays, options) && names.Arrays.TryGet(ArrayNames.Inputs, out _));
        try
        {
            if (ReadingChoice.Find(names.Arrays, options) is var (best, report) && (best.IsMet || !isOfAConvention))
            {
                return new TriedPrototype(names.Arrays, names, options, best, report).Build();
            }
        }
        catch (InvalidDataException) when (isOfAConvention)
        {
            // What a convention says of its own is more to the point.
        }

        return saved ?? throw refusal!;
    }

    // Whether everything is read, and the forward pass, as far as it is there, is that of the reading.
    private static bool BearsItselfOut(SavedPrototype saved, NamedArrays arrays)
    {
        if (UnreadArrays.Of(arrays, saved).Any())
        {
            return false;
        }

        using var engine = CellEngine.Create(saved.Weights);
        var forward = engine.Forward(saved.Batch);
        var any = false;
        foreach (var claim in saved.Claims)
        {
            var right = claim.Tensor switch { "h" => forward.Hidden, "y" => forward.Outputs, "loss" when saved.Batch.Targets is not null => new NdArray<double>([engine.Gradients(saved.Batch).Loss]), _ => null };
            if (right is not null && Trial.DistanceOf(claim.Values.Span, right.Span) > Near)
            {
                return false;
            }

            any |= right is not null;
        }

        return any;
    }
}
