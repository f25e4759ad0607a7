using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>What arrays that are no weights can be, by their names: letters and digits, in lower case.</summary>
internal static class DataNames
{
    /// <summary>The roles of <see cref="Of"/> and the names of each, the surest first. A name may stand in several.</summary>
    private static readonly Dictionary<DataRole, string[]> Names = new()
    {
        [DataRole.Inputs] = ["x", "xs", "inputs", "input", "xtrain", "xbatch", "xseq", "xin", "captionsin", "tokens", "ids", "idx", "words", "sentence", "seq", "indata"],
        [DataRole.Targets] = ["targets", "target", "labels", "label", "ytrue", "ttrue", "ts", "t", "ytrain", "ybatch", "captionsout", "truth", "gold", "tgt", "outdata", "y", "ys"],
        [DataRole.Mask] = ["mask", "masks", "lossmask"],
        [DataRole.Lengths] = ["lengths", "lens", "seqlens", "seqlengths"],
        [DataRole.Hidden0] = ["h0", "hprev", "prevh", "hinit", "inith", "a0", "aprev", "s0", "hstart", "hs0"],
        [DataRole.Cell0] = ["c0", "cprev", "prevc", "cinit", "initc", "cstart"],
        [DataRole.Hidden] = ["h", "hs", "hout", "hidden", "hiddens", "hiddenstates", "states", "hseq", "hall", "a", "s", "outputs", "out"],
        [DataRole.LastHidden] = ["hn", "hlast", "hfinal", "hlaststep", "ht"],
        [DataRole.Cells] = ["c", "cs", "cells", "cellstates", "call"],
        [DataRole.Outputs] = ["logits", "scores", "score", "ypred", "yhat", "y", "ys", "o", "out", "outputs", "output", "pred", "preds", "predictions", "os", "z", "v"],
        [DataRole.Probabilities] = ["p", "ps", "probs", "prob", "probabilities", "yhat", "ypred", "y", "ys", "o", "out", "outputs", "os", "preds", "pred", "predictions"],
        [DataRole.Loss] = ["loss", "cost", "totalloss", "j", "error", "err", "e"],
        [DataRole.LearningRate] = ["learningrate", "lr", "eta", "alpha"],
    };

    // What the gradient of the hidden states is called where no array of hidden states stands beside it.
    private static readonly string[] Upstream = ["dh", "dhs", "da", "ds", "dhout", "dout", "dhidden", "dstates"];

    private static readonly string[] OutputGradients = ["dy", "dys", "dlogits", "dscores", "dscore", "dypred", "dyhat"];

    /// <summary>The roles that an array can have; none for one that must be a weight, or that nothing here knows.</summary>
    public static IReadOnlyList<DataRole> Of(string name, StoredArray array)
    {
        var key = Key(name);
        var shape = array.Shape;
        if (key is "c" or "v" or "b" or "u" or "w" && (shape.Length == 1 || (shape.Length == 2 && (key != "c" || shape.Contains(1)))))
        {
            return [];
        }

        return [.. Names.Where(role => role.Value.Contains(key)).Select(role => role.Key)];
    }

    /// <summary>The arrays of a role, the surest name first.</summary>
    public static IReadOnlyList<string> Find(NamedArrays arrays, DataRole role)
    {
        return [.. arrays.Where(entry => Of(entry.Key, entry.Value).Contains(role))
            .Select(entry => entry.Key)
            .OrderBy(name => Array.IndexOf(Names[role], Key(name)))];
    }

    /// <summary>Whether an array is called as a gradient of the outputs before softmax and loss.</summary>
    public static bool IsOutputGradient(string name) => OutputGradients.Contains(Key(name));

    /// <summary>Whether an array is called as a gradient of the hidden states.</summary>
    public static bool IsUpstream(string name) => Upstream.Contains(Key(name));

    private static string Key(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

/// <summary>What an array that is not a weight can be.</summary>
internal enum DataRole
{
    /// <summary>x.</summary>
    Inputs,

    /// <summary>What outputs are compared with.</summary>
    Targets,

    /// <summary>Which outputs count.</summary>
    Mask,

    /// <summary>The steps of each sequence.</summary>
    Lengths,

    /// <summary>The hidden state before the first step.</summary>
    Hidden0,

    /// <summary>The cell state before the first step.</summary>
    Cell0,

    /// <summary>The hidden states of the top layer.</summary>
    Hidden,

    /// <summary>Those of the last step.</summary>
    LastHidden,

    /// <summary>The cell states; known, and not compared.</summary>
    Cells,

    /// <summary>The outputs.</summary>
    Outputs,

    /// <summary>The outputs' softmax.</summary>
    Probabilities,

    /// <summary>The loss.</summary>
    Loss,

    /// <summary>The step of plain gradient descent.</summary>
    LearningRate,
}
