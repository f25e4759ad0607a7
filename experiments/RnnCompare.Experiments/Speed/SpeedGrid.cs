using RnnCompare.Cells;

namespace RnnCompare.Experiments.Speed;

/// <summary>The sizes that speed is measured at, from a toy to a layer of production size.</summary>
public static class SpeedGrid
{
    private static readonly (int T, int B, int I, int H, int O, bool Tokens)[] Sizes =
    [
        (16, 1, 8, 16, 8, false),
        (25, 1, 65, 100, 65, false),
        (25, 1, 65, 100, 65, true),
        (50, 16, 32, 64, 32, false),
        (100, 32, 64, 256, 64, false),
        (100, 64, 256, 512, 256, false),
        (100, 64, 512, 512, 512, false),
    ];

    /// <summary>How many sizes there are.</summary>
    public static int Count => Sizes.Length;

    /// <summary>All sizes for a cell.</summary>
    public static IReadOnlyList<SpeedCase> Of(RecurrentCell cell) => [.. Sizes.Select(size => new SpeedCase(cell, size.T, size.B, size.I, size.H, size.O, size.Tokens))];
}
