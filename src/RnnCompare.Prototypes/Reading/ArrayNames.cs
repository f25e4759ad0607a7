using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>What the arrays of a prototype that are no weights are called.</summary>
internal static class ArrayNames
{
    public const string Meta = "meta";
    public const string Inputs = "x";
    public const string Targets = "targets";
    public const string Lengths = "lengths";
    public const string Hidden0 = "h0";
    public const string Cell0 = "c0";
    public const string Loss = "loss";
    public const string Outputs = "y";
    public const string Probabilities = "p";
    public const string Hidden = "h";

    private static readonly string[] All = [Meta, Inputs, Targets, Lengths, Hidden0, Cell0, Loss, Outputs, Probabilities, Hidden];

    /// <summary>The arrays that can be weights: those of no other meaning, and no gradients.</summary>
    public static IReadOnlyList<string> Weights(NamedArrays arrays, Convention convention)
    {
        var others = All.Concat(convention.OwnWords.Values).ToHashSet();
        return [.. arrays.Names.Where(name => !others.Contains(name) && !IsGradient(name))];

        bool IsGradient(string name)
        {
            return name.StartsWith("grad.", StringComparison.Ordinal)
                || (name.StartsWith('d') && (others.Contains(name[1..]) || arrays.TryGet(name[1..], out _)));
        }
    }

    /// <summary>The name under which an array is there, if any: the canonical one or the convention's own.</summary>
    /// <exception cref="InvalidDataException">It is there twice.</exception>
    public static string? Find(NamedArrays arrays, Convention convention, string canonical) => One(arrays, Words(convention, canonical));

    /// <summary>The name under which the gradient of an array is there, if any.</summary>
    /// <exception cref="InvalidDataException">It is there twice.</exception>
    public static string? Gradient(NamedArrays arrays, Convention convention, string canonical)
    {
        return One(arrays, Words(convention, canonical).SelectMany(name => (string[])["d" + name, "grad." + name]));
    }

    /// <summary>The convention's own name of an array or, with a <c>d</c> in front, of its gradient.</summary>
    public static string Own(Convention convention, string tensor)
    {
        return tensor.StartsWith('d') ? "d" + Words(convention, tensor[1..])[0] : Words(convention, tensor)[0];
    }

    private static string[] Words(Convention convention, string canonical)
    {
        return convention.OwnWords.TryGetValue(canonical, out var own) ? [own, canonical] : [canonical];
    }

    private static string? One(NamedArrays arrays, IEnumerable<string> names)
    {
        string[] found = [.. names.Where(name => arrays.TryGet(name, out _))];
        return found.Length < 2 ? found.FirstOrDefault() : throw ArrayName.Refuse(arrays.Source, $"{found[0]} and {found[1]} are both there; expected one of them.");
    }
}
