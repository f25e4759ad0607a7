using RnnCompare.Checking.Diagnosis;

namespace RnnCompare.Checking.Edits;

/// <summary>Puts edits in words.</summary>
internal static class EditText
{
    /// <summary>The id of a mistake that has no name of its own.</summary>
    public const string Id = "edit";

    /// <summary>What explains a program: the simplest, with what would leave the same numbers.</summary>
    /// <param name="explanations">The edits of each explanation.</param>
    /// <param name="naming">The program's names.</param>
    public static IEnumerable<NamedFault> Name(IReadOnlyList<IReadOnlyList<Edit>> explanations, ITensorNaming naming)
    {
        if (explanations.Count == 0)
        {
            yield break;
        }

        var best = explanations.MinBy(Rank)!;
        foreach (var edit in best)
        {
            yield return new()
            {
                Id = Id,
                With = [.. best.Where(other => other != edit).Select(_ => Id)],
                OneOf = [],
                Stage = FaultStage.Backward,
                Parameters = new Dictionary<string, string> { ["statement"] = string.Join(", ", edit.Parts.SelectMany(part => part.Names)), ["kind"] = edit.Kind },
                Residual = 0,
                Tensors = [],
                Wrong = string.Join("; ", edit.Parts.SelectMany(part => part.Wrong)),
                Right = string.Join("; ", edit.Parts.SelectMany(part => part.Right)),
            };
        }
    }

    private static int Rank(IReadOnlyList<Edit> edits) => edits.Sum(edit => (edit.Parts.Sum(part => part.Right.Count) * SlipKinds.All.Count) + SlipKinds.All.ToList().IndexOf(edit.Kind));
}
