using System.Text.RegularExpressions;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Formulas of the catalogue in a program's own names.</summary>
internal static partial class Formula
{
    /// <summary>Replaces <c>{Whh}</c>, <c>{dWhh}</c>, <c>{Whhᵀ}</c> and the like; a weight stored the other way round changes its ᵀ.</summary>
    public static string InNamesOf(ITensorNaming naming, string formula)
    {
        return Placeholder().Replace(formula, match =>
        {
            var name = match.Groups[1].Value;
            if (naming.NameOf(name).Contains(' ', StringComparison.Ordinal))
            {
                return match.Groups[1].Value + match.Groups[2].Value; // spread over several arrays, or part of one: no formula could name it
            }

            var transposed = match.Groups[2].Success != (IsMatrix(name) && naming.IsTransposed(name));
            return naming.NameOf(name) + (transposed ? "ᵀ" : "");
        });
    }

    private static bool IsMatrix(string name) => name is TensorNames.Wxh or TensorNames.Whh or TensorNames.Why;

    [GeneratedRegex("\\{(\\w+?)(ᵀ)?\\}")]
    private static partial Regex Placeholder();
}
