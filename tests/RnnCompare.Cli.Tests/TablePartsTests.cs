using RnnCompare.Cli.Display;
using RnnCompare.Experiments;

namespace RnnCompare.Cli.Tests;

public class TablePartsTests
{
    private static readonly ReportTable Wide = new(
        "Title", ["gradient", "autograd float64", "fused float64", "rounding float64", "autograd float32"], [["dWxh", "1.2e-16", "2.3e-16", "3.4e-16", "4.5e-08"]], ["note"]);

    [Fact]
    public void Of_CutsBetweenColumnsOnly()
    {
        var parts = TableParts.Of(Wide, 40).ToArray();
        Assert.Equal(["gradient,autograd float64,fused float64", "gradient,rounding float64,autograd float32"], parts.Select(part => string.Join(',', part.Headers)));
        Assert.Equal(["Title", "Title (continued)"], parts.Select(part => part.Title));
        Assert.All(parts, part => Assert.Equal("dWxh", part.Rows[0][0]));
        Assert.Equal("4.5e-08", parts[1].Rows[0][2]);
        Assert.Empty(parts[0].Notes);
        Assert.Equal(["note"], parts[1].Notes);
    }

    [Fact]
    public void Of_LeavesWhatFits()
    {
        Assert.Equal(Wide.Headers, Assert.Single(TableParts.Of(Wide, 160)).Headers);
        Assert.Equal(5, Assert.Single(TableParts.Of(Wide with { Rows = [] }, 80)).Headers.Count);
        Assert.Equal(4, TableParts.Of(Wide, 5).Count()); // narrower than any column: one column of figures each
    }
}
