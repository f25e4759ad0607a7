using System.Runtime.CompilerServices;

namespace RnnCompare;

/// <summary>The range checks that specs share; used as <c>init => field = ArgumentChecks.NotNegative(value)</c>, they name the property.</summary>
internal static class ArgumentChecks
{
    /// <summary>Lets 0 and everything above through, infinity included; not NaN.</summary>
    public static double NotNegative(double value, [CallerMemberName] string name = "")
    {
        return value >= 0 ? value : throw Refused(name, value, "must not be negative");
    }

    /// <summary>Lets everything but infinity and NaN through.</summary>
    public static double Finite(double value, [CallerMemberName] string name = "")
    {
        return double.IsFinite(value) ? value : throw Refused(name, value, "must be finite");
    }

    /// <summary>Lets whole numbers from 1 on through.</summary>
    public static int AtLeastOne(int value, [CallerMemberName] string name = "")
    {
        return value >= 1 ? value : throw Refused(name, value, "must be at least 1");
    }

    private static ArgumentOutOfRangeException Refused(string name, IFormattable value, string expected)
    {
        return new(name, $"{name} is {value}, but {expected}.");
    }
}
