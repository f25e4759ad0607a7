using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Infinities and NaNs that a mistake produces as surely as its other numbers.</summary>
internal static class NonFinite
{
    /// <summary>Both arrays with zeros where both are NaN, or infinite with the same sign; as they are where everything is finite.</summary>
    public static (NdArray<double> Values, NdArray<double> Claim) SetAside(NdArray<double> values, NdArray<double> claim)
    {
        if (Array.TrueForAll(claim.Data, double.IsFinite))
        {
            return (values, claim);
        }

        (values, claim) = (values.Clone(), claim.Clone());
        for (var i = 0; i < claim.Length; i++)
        {
            if (!double.IsFinite(claim.Data[i]) && claim.Data[i].Equals(values.Data[i]))
            {
                (values.Data[i], claim.Data[i]) = (0, 0);
            }
        }

        return (values, claim);
    }
}
