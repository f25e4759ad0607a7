using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;

namespace RnnCompare.Checking.Edits;

/// <summary>Statements of one program, typed otherwise.</summary>
/// <param name="Layers">The layers and directions whose program it is, or none for the read-out's.</param>
/// <param name="Right">The statements as they should be.</param>
/// <param name="Wrong">The same statements as they were typed.</param>
internal sealed record EditPart(IReadOnlyList<int> Layers, IReadOnlyList<Statement> Right, IReadOnlyList<Statement> Wrong)
{
    /// <summary>Whether the read-out is edited.</summary>
    public bool IsReadOut => Layers.Count == 0;

    /// <summary>The names that the statements write.</summary>
    public IEnumerable<string> Names => Right.Select(statement => statement.Name);

    /// <summary>The programs with these statements.</summary>
    public NetworkPrograms Apply(NetworkPrograms programs)
    {
        if (IsReadOut)
        {
            return programs with { ReadOut = Edited(programs.ReadOut) };
        }

        var layers = programs.Layers;
        foreach (var layer in Layers)
        {
            layers = layers.With(layer, Edited(layers[layer]));
        }

        return programs with { Layers = layers };
    }

    /// <summary>Whether another part writes one of the same statements.</summary>
    public bool Meets(EditPart other) => IsReadOut == other.IsReadOut && (IsReadOut || Layers.Intersect(other.Layers).Any()) && Names.Intersect(other.Names).Any();

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(',', Layers)}: {string.Join("; ", Wrong)}";

    private StepProgram Edited(StepProgram program) => Wrong.Aggregate(program, (edited, statement) => edited.With(statement));
}

/// <summary>One slip in the backward pass.</summary>
/// <param name="Kind">What kind of slip it is.</param>
/// <param name="Parts">The statements that it changes: in most cases of one program.</param>
/// <param name="KeptCarries">The carries that nobody sets to zero where a layer or direction begins.</param>
internal sealed record Edit(string Kind, IReadOnlyList<EditPart> Parts, IReadOnlyList<string> KeptCarries)
{
    // A slip in a loop changes all statements in it; so many of them are told.
    private const int MostTold = 6;

    /// <summary>A slip in statements.</summary>
    public Edit(string kind, params IReadOnlyList<EditPart> parts)
        : this(kind, parts, [])
    {
    }

    /// <summary>How far it is from what people do most: fewer statements, then a likelier kind.</summary>
    public int Rank => ((Parts.Sum(part => part.Right.Count) + KeptCarries.Count) * SlipKinds.All.Count) + SlipKinds.RankOf(Kind);

    /// <summary>Whether it stands in the forward pass.</summary>
    public bool IsForward { get; init; }

    /// <summary>The names that are written otherwise.</summary>
    public IEnumerable<string> Names => Parts.SelectMany(part => part.Names).Concat(KeptCarries);

    /// <summary>What was typed.</summary>
    public string Wrong => Told(Parts.SelectMany(part => part.Wrong), carry => $"{carry} goes on from one layer or direction into the next");

    /// <summary>What should be there.</summary>
    public string Right => Told(Parts.SelectMany(part => part.Right), carry => $"{carry} = 0 where a layer or direction begins");

    /// <summary>The programs with this edit.</summary>
    public NetworkPrograms Apply(NetworkPrograms programs)
    {
        return Parts.Aggregate(KeptCarries.Count > 0 ? programs with { KeepsCarries = true } : programs, (edited, part) => part.Apply(edited));
    }

    /// <summary>Whether another edit writes one of the same statements.</summary>
    public bool Meets(Edit other) => KeptCarries.Intersect(other.KeptCarries).Any() || Parts.Any(part => other.Parts.Any(part.Meets));

    private string Told(IEnumerable<Statement> statements, Func<string, string> ofCarry)
    {
        string[] all = [.. statements.Select(statement => statement.ToString()), .. KeptCarries.Select(ofCarry)];
        return string.Join("; ", all.Length <= MostTold ? all : [.. all[..(MostTold - 1)], $"and {all.Length - MostTold + 1} more alike"]);
    }
}
