using RnnCompare.Models;

namespace RnnCompare.Checking.Replay;

/// <summary>Names without their layer and direction.</summary>
internal static class TensorKind
{
    /// <summary><c>Whh.1r</c> and <c>dWhh.1r</c> are <c>Whh</c>; other arrays keep their name.</summary>
    public static string Of(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var kind = dot < 0 ? name : name[..dot];
        return kind is "dWxh" or "dWhh" or "dbh" or "dbhn" or "dWhy" or "dby" ? kind[1..] : kind;
    }

    /// <summary>Whether an array is the gradient of a weight.</summary>
    public static bool IsWeightGradient(string name) => name.StartsWith("dW", StringComparison.Ordinal) || name.StartsWith("db", StringComparison.Ordinal);

    /// <summary>Whether an array is the gradient of a weight of a network, whatever its cell calls it.</summary>
    public static bool IsWeightGradient(RnnSpec spec, string name)
    {
        return IsWeightGradient(name) || (name.StartsWith('d') && spec.Cell.Tensors(1, 1).Any(tensor => tensor.Name == Of(name)[1..]));
    }

    /// <summary>Whether the rows of a kind of tensor are stacked gates.</summary>
    public static bool IsGated(string kind) => kind is TensorNames.Wxh or TensorNames.Whh or TensorNames.Bh;
}
