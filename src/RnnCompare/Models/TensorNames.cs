namespace RnnCompare.Models;

/// <summary>The names of tensors, the same in code, messages, tables and files.</summary>
/// <remarks>Layer and direction are a suffix (<c>Whh</c>, <c>Whh.1</c>, <c>Whh.1r</c>, <c>Whh.0r</c>); a gradient has a <c>d</c> in front.</remarks>
public static class TensorNames
{
    /// <summary>The input weights (G·H, I).</summary>
    public const string Wxh = "Wxh";

    /// <summary>The recurrent weights (G·H, H).</summary>
    public const string Whh = "Whh";

    /// <summary>The hidden bias (G·H).</summary>
    public const string Bh = "bh";

    /// <summary>The GRU candidate's recurrent bias (H).</summary>
    public const string Bhn = "bhn";

    /// <summary>The output weights (O, D·H).</summary>
    public const string Why = "Why";

    /// <summary>The output bias (O).</summary>
    public const string By = "by";

    /// <summary>The suffix of a layer and a direction: empty, <c>.1</c>, <c>.0r</c>, <c>.1r</c>.</summary>
    public static string Suffix(int layer, bool reverse)
    {
        return (layer, reverse) switch
        {
            (0, false) => "",
            (_, false) => $".{layer}",
            _ => $".{layer}r",
        };
    }

    /// <summary>The name of the gradient of a tensor.</summary>
    public static string Gradient(string name) => "d" + name;
}
