using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

public class NamedArraysTests
{
    private static readonly NamedArrays Arrays = new()
    {
        { "Whh", new NdArray<float>([0.1f, 1, 2, 3, 4, 5], 2, 3) },
        { "targets", new NdArray<long>([3, 1 << 30], 1, 2) },
        { "meta", "{}" },
    };

    [Fact]
    public void Get_ConvertsNumbers()
    {
        Assert.Equal([0.1f, 1.0, 2, 3, 4, 5], Arrays.Get<double>("Whh", 2, 3).Data);
        Assert.Equal([3.0, 1 << 30], Arrays.Get<double>("targets").Data);
        Assert.Same(Arrays.Get<float>("Whh"), Arrays.Get<float>("Whh"));
    }

    [Fact]
    public void Get_NamesWhatDoesNotFit()
    {
        Refuses("arrays: Whh has shape (2, 3), expected (3, 2).", () => Arrays.Get<float>("Whh", 3, 2));
        Refuses("arrays: Whh has shape (2, 3), expected ().", () => Arrays.Get<float>("Whh", []));
        Refuses("arrays: Whh holds float32, expected whole numbers.", () => Arrays.Get<long>("Whh", 2, 3));
        Refuses("arrays: meta holds text, expected numbers.", () => Arrays.Get<double>("meta"));
        Refuses("arrays: Wxh is missing; found Whh, targets, meta.", () => Arrays.Get<double>("Wxh"));
        Refuses("arrays: targets holds int64 of shape (1, 2), expected one text.", () => Arrays.GetText("targets"));
        Refuses("arrays: Wxh is missing; found no arrays.", () => new NamedArrays()["Wxh"]);
    }

    [Fact]
    public void Add_RefusesWhatFilesCannotHold()
    {
        Assert.Throws<ArgumentException>("name", () => Arrays.Add("Whh", new NdArray<double>(1)));
        Assert.Throws<ArgumentException>("values", () => Arrays.Add("mask", new NdArray<byte>(1)));
        Assert.Throws<ArgumentException>("text", () => Arrays.Add("notes", "a\0"));
        Assert.Throws<ArgumentException>("text", () => Arrays.Add("notes", "\uD83D"));
        Assert.Equal(["Whh", "targets", "meta"], Arrays.Names);
    }

    private static void Refuses(string message, Func<object> action) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(action).Message);
}
