using RnnCompare.Numerics.Products;

namespace RnnCompare.Tests.Numerics.Products;

public class PanelsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Cuts_AreBetweenPanelsThatBothSidesSee(int laneWidth)
    {
        foreach (var columns in Enumerable.Range(1, 20 * laneWidth))
        {
            var begins = Begins(columns, laneWidth);
            foreach (var cut in Enumerable.Range(0, Panels.Cuts(columns, laneWidth)).Select(i => i * Panels.MostLanes * laneWidth))
            {
                Assert.Contains(cut, begins);
                Assert.Equal(begins.Where(begin => begin >= cut), Begins(columns - cut, laneWidth).Select(begin => cut + begin));
                Assert.Equal(begins.Where(begin => begin < cut), Begins(cut, laneWidth));
            }
        }
    }

    [Theory]
    [InlineData(1, new[] { 0 })]
    [InlineData(48, new[] { 0 })]
    [InlineData(49, new[] { 0, 32 })]
    [InlineData(100, new[] { 0, 48, 80 })]
    [InlineData(256, new[] { 0, 48, 96, 144, 192, 224 })]
    public void Width_LeavesNoLaneAloneBehindAnother(int columns, int[] expected) => Assert.Equal(expected, Begins(columns, 16));

    private static List<int> Begins(int columns, int laneWidth)
    {
        var begins = new List<int>();
        for (var column = 0; column < columns; column += Panels.Width(columns - column, laneWidth))
        {
            begins.Add(column);
        }

        return begins;
    }
}
