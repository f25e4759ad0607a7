namespace RnnCompare.Models;

/// <summary>Which steps of the top layer reach the output layer and the loss.</summary>
public enum OutputMode
{
    /// <summary>Every step has an output: outputs are (T, B, O).</summary>
    EveryStep,

    /// <summary>Only each sequence's own last step has one: outputs are (B, O).</summary>
    LastStep,
}
