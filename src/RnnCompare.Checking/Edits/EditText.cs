using RnnCompare.Checking.Diagnosis;

namespace RnnCompare.Checking.Edits;

/// <summary>Puts edits in words.</summary>
internal static class EditText
{
    // So many others that leave the same numbers are told, where each is short.
    private const int MostOthers = 3;
    private const int LongestOther = 80;

    /// <summary>The mistakes of the likeliest explanation, with what would leave the same numbers.</summary>
    /// <param name="explanations">The explanations, the likeliest first.</param>
    /// <param name="naming">The program's names.</param>
    public static IEnumerable<NamedFault> Name(IReadOnlyList<EditExplanation> explanations, ITensorNaming naming)
    {
        if (explanations is not [var best, ..])
        {
            yield break;
        }

        foreach (var edit in best.Edits)
        {
            var others = explanations.Skip(1).SelectMany(other => other.Edits.Except(best.Edits)).Where(_ => edit == best.Edits[^1]).Select(other => other.Wrong).Distinct().Except([edit.Wrong]).Where(other => other.Length <= LongestOther);
            yield return new()
            {
                Id = NamedFault.Edit,
                With = [.. best.Edits.Where(other => other != edit).Select(_ => NamedFault.Edit)],
                OneOf = [.. others.Take(MostOthers)],
                Stage = edit.IsForward ? FaultStage.Forward : FaultStage.Backward,
                Parameters = Parameters(edit),
                Residual = best.Residual,
                Tensors = [.. best.Tensors.Select(naming.NameOf)],
                Wrong = edit.Wrong,
                Right = edit.Right,
            };
        }
    }

    private static Dictionary<string, string> Parameters(Edit edit)
    {
        var parameters = new Dictionary<string, string>
        {
            [NamedFault.StatementKey] = string.Join(", ", edit.Names),
            [NamedFault.KindKey] = edit.Kind,
        };
        if (edit.Parts.FirstOrDefault(part => !part.IsReadOut) is { Layers: [var only] })
        {
            parameters["layer and direction"] = $"{only}";
        }

        return parameters;
    }
}
