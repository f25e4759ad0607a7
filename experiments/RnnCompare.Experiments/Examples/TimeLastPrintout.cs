namespace RnnCompare.Experiments.Examples;

/// <summary>The gradients of <see cref="TimeLastExample"/> as its document printed them.</summary>
internal static class TimeLastPrintout
{
    /// <summary>Every array, in the order of the printout.</summary>
    public static IReadOnlyList<PrintedArray> Arrays { get; } =
    [
        new(
            "dx",
            PrintedArray.Scientific,
            [
                6.07961714e-02, 6.51523342e-02, 1.35284158e-02, -4.17389120e-01,
                -1.87655227e-01, 1.88161638e-01, 2.76636979e-02, 5.88910236e-01,
                -2.10309856e-01, 1.17512701e-01, -1.81722854e-05, 1.33762936,
            ]),
        new(
            "ds0",
            PrintedArray.Fixed,
            [
                -0.04446273, -0.48089235, -0.20806299, 0.05651028, 0.24527145,
            ]),
        new(
            "dU",
            PrintedArray.Scientific,
            [
                -7.75341202e-02, 1.14056089e-03, -1.39468435e-01,
                -3.76126305e-01, -2.71092586e-01, -7.68534819e-01,
                -2.27890773e-01, -4.52402940e-01, -5.62591790e-02,
                3.67591208e-02, 1.45958528e-01, 1.47219164e-02,
                -1.16043009, -8.51763028e-01, -1.44090680,
            ]),
        new(
            "dW",
            PrintedArray.Fixed,
            [
                0.04560171, 0.04695379, 0.0257273, -0.02726464, 0.05504417,
                0.37031535, 0.3703334, 0.38913814, -0.39608747, 0.36938758,
                0.21223499, 0.3431846, 0.22255773, -0.35298064, 0.21136843,
                -0.06210387, -0.06084794, -0.06470341, 0.06497274, -0.03480747,
                0.78119033, 0.74650186, 0.34013264, -0.31155225, 0.6784628,
            ]),
        new(
            "dba",
            PrintedArray.Fixed,
            [
                0.02851001, 0.39449393, 0.35633039, -0.06492795, 0.33991813,
            ]),
    ];
}
