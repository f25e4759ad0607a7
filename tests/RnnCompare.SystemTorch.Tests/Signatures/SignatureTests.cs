using System.Text.RegularExpressions;
using TorchSharp;

namespace RnnCompare.SystemTorch.Tests.Signatures;

/// <summary>
/// Holds what SystemTorch shows against torchsharp-0.106.0.txt: TorchSharp's own lines for every type and every member name
/// that SystemTorch has, all overloads.
/// </summary>
public partial class SignatureTests
{
    private static readonly Type[] Own = [.. typeof(torch).Assembly.GetTypes()
        .Where(type => type.IsVisible && type.Namespace!.StartsWith("TorchSharp", StringComparison.Ordinal))];

    private static readonly HashSet<string> OwnNames = [.. Own.Select(type => WithoutTypeArguments(TypeNames.Of(type)))];

    private static readonly HashSet<string> OwnLines = [.. Own.SelectMany(MemberLines.Of)];

    private static readonly string[] Theirs = File.ReadAllLines(
        Path.Combine(AppContext.BaseDirectory, "Signatures", "torchsharp-0.106.0.txt"));

    [Fact]
    public void Members_HaveTorchSharpsSignatures()
    {
        Assert.NotEmpty(OwnLines);
        AssertNone("lines that TorchSharp does not have", OwnLines.Except(Theirs));
    }

    [Fact]
    public void Overloads_AreComplete()
    {
        var names = OwnLines.Select(NameOf).ToHashSet();
        var missing = Theirs.Where(line => IsMember(line) && names.Contains(NameOf(line)) && !OwnLines.Contains(line) && !IsOverAbsentType(line));
        AssertNone("overloads that SystemTorch lacks", missing);
    }

    [Fact]
    public void Types_AreTorchSharpsKinds()
    {
        foreach (Type type in Own)
        {
            string line = Assert.Single(Theirs, line => line.StartsWith(TypeNames.Of(type) + " :: ", StringComparison.Ordinal));
            string theirs = line[(line.IndexOf(" :: ", StringComparison.Ordinal) + 4)..];
            Assert.StartsWith(MemberLines.Kind(type), theirs);
            Assert.EndsWith(MemberLines.Constraints(type.GetGenericArguments()), theirs);
            // A base that SystemTorch does not have is replaced by that base's own base.
            foreach (Type parent in type.GetInterfaces().Append(type.BaseType!).Where(IsOfTorchSharp))
                Assert.Contains(WithoutTypeArguments(TypeNames.Of(parent)), Ancestors(line));
        }
    }

    [Fact]
    public void AbsentTypes_AreNotMentioned() =>
        AssertNone("lines over types that SystemTorch lacks", OwnLines.Where(IsOverAbsentType));

    private static void AssertNone(string what, IEnumerable<string> lines)
    {
        string[] found = [.. lines.Order()];
        if (found.Length > 0) Assert.Fail($"{found.Length} {what}:\n{string.Join('\n', found)}");
    }

    private static bool IsOfTorchSharp(Type? type) => type?.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) == true;

    private static bool IsMember(string line) => !Own.Any(type => line.StartsWith(TypeNames.Of(type) + " :: ", StringComparison.Ordinal));

    /// <summary>Declaring type and name: what stands before the parameters, without the method's own type parameters.</summary>
    private static string NameOf(string line)
    {
        string name = line[..line.IndexOf(" :: ", StringComparison.Ordinal)].Split('(')[0];
        return name.EndsWith('>') ? name[..name.LastIndexOf('<')] : name;
    }

    /// <summary>
    /// True of a signature over a type of TorchSharp that SystemTorch does not have, over an element type that its tensors do
    /// not have (half precision, complex), or over a raw native handle.
    /// </summary>
    private static bool IsOverAbsentType(string line)
    {
        string signature = DefaultValue().Replace(line[NameOf(line).Length..], "");
        return TorchSharpType().Matches(signature).Any(match => !OwnNames.Contains(match.Value)) || AbsentType().IsMatch(signature);
    }

    /// <summary>The bases and interfaces of a type's line, and theirs, without type arguments.</summary>
    private static IEnumerable<string> Ancestors(string line)
    {
        string[] parts = WithoutTypeArguments(line).Split(" : ");
        if (parts.Length == 1) return [];
        string[] bases = parts[1].Split(" where ")[0].Split(", ");
        return bases.Concat(bases.SelectMany(parent => Theirs
            .Where(other => WithoutTypeArguments(other).StartsWith(parent + " :: ", StringComparison.Ordinal))
            .SelectMany(Ancestors)));
    }

    private static string WithoutTypeArguments(string type)
    {
        string inner;
        while ((inner = TypeArguments().Replace(type, "")) != type) type = inner;
        return type;
    }

    [GeneratedRegex(@"TorchSharp\.[\w.]+")]
    private static partial Regex TorchSharpType();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex TypeArguments();

    [GeneratedRegex(@" = [\w.]+")]
    private static partial Regex DefaultValue();

    [GeneratedRegex(@"\(float, float\)|System\.(Half|Numerics\.Complex|IntPtr)\b")]
    private static partial Regex AbsentType();
}
