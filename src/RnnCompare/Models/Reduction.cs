namespace RnnCompare.Models;

/// <summary>How the losses of single (step, sequence) pairs become one number.</summary>
public enum Reduction
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum divided by the number of pairs that count; still a sum over the output axis O.</summary>
    Mean,
}
