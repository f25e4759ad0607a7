namespace RnnCompare.Equations.Derivation;

/// <summary>How derivatives are called.</summary>
public static class AdjointNames
{
    /// <summary>dL/d of a value, a state (total) or a weight (sum over the steps). For a value that is a function of what has no name of its own, that of the argument: dr of r = σ(…).</summary>
    public static string Of(string name) => "d" + name;

    /// <summary>The part of a state's adjoint that arrived from the step after.</summary>
    public static string Next(string state) => $"d{state}Next";

    /// <summary>The part of the handed-on state's adjoint that arrived from outside of the recurrence.</summary>
    public static string Out(string state) => $"d{state}Out";
}
