using Sluice.Configuration.Policies;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.Policies.Common;
using Sluice.Translation.Policies.Traffic;
using Policy = Sluice.Resources.Policies.Traffic.HeaderModifiersPolicy;
using Rules = Sluice.Resources.Policies.Traffic.HeaderRules;
using Source = Sluice.Resources.Policies.Traffic.HeaderSource;

namespace Sluice.Translation.Tests.Policies.Traffic;

public sealed class HeaderModifiersCompilerTests
{
    private readonly KnownSurroundings _surroundings = new();

    public HeaderModifiersCompilerTests() => _surroundings.Known["apps/keys"] = new Secret
    {
        Metadata = new ObjectMeta { Name = "keys", Namespace = "apps" },
        Data = new Dictionary<string, byte[]> { ["X-B"] = "b\n"u8.ToArray(), ["X-A"] = "a"u8.ToArray() },
    };

    [Fact]
    public void Values_StandThereOrInSecrets()
    {
        var rules = Compile(new Rules
        {
            Set = [new Source { Name = "X", Value = "%REQ(a)%" }, new Source { Name = "Y", SecretRef = new SecretKeyReference { Name = "keys", Key = "X-A" } }],
            Add = [new Source { SecretRef = new SecretKeyReference { Name = "keys" } }, new Source { SecretRef = new SecretKeyReference { Name = "keys", Key = "X-B" } }, new Source { Name = "X-A", SecretRef = new SecretKeyReference { Name = "keys" } }],
            Remove = ["Z"],
        });

        Assert.Empty(_surroundings.Problems);
        Assert.Equal(["X: %REQ(a)%", "Y: a"], rules.Set.Select(Text));
        Assert.Equal(["X-A: a", "X-B: b", "X-B: b", "X-A: a"], rules.Add.Select(Text));
        Assert.Equal(["Z"], rules.Remove);
    }

    [Fact]
    public void WhatCannotBeSet_IsReported_AndRemoved()
    {
        var rules = Compile(new Rules
        {
            Set =
            [
                new Source { Name = "X-A", SecretRef = new SecretKeyReference { Name = "none" } },
                new Source { Name = "X-B", Value = "%NONE%" },
                new Source { Name = "X-C", Value = "a", SecretRef = new SecretKeyReference { Name = "keys" } },
                new Source { Name = "X-D" },
                new Source { Name = "Host", Value = "a" },
                new Source { Name = "X E", Value = "a" },
                new Source { Name = "X-F", Value = "a\nb" },
                new Source { Name = "X-G", SecretRef = new SecretKeyReference { Name = "keys", Key = "none" } },
                new Source { Value = "a" },
            ],
            Remove = ["Connection"],
        });

        Assert.Empty(rules.Set);
        Assert.Equal(["X-A", "X-B", "X-C", "X-D", "X-F", "X-G"], rules.Remove);
        Assert.Equal(10, _surroundings.Problems.Count);
        Assert.Contains(_surroundings.Problems, problem => problem.Field == "headerModifiers.request.set[0].secretRef");
        Assert.Contains(_surroundings.Problems, problem => problem.Field == "headerModifiers.request.remove");
    }

    [Fact]
    public void AnotherStage_IsReported()
    {
        HeaderModifiersCompiler.Compile(new Policy { FilterStage = new Resources.Policies.Traffic.FilterStage { Stage = "AuthN" } }, _surroundings, "headerModifiers");

        Assert.Equal("headerModifiers.filterStage", Assert.Single(_surroundings.Problems).Field);
    }

    [Fact]
    public void TooMany_AreLeftOut()
    {
        var rules = Compile(new Rules { Add = [.. Enumerable.Range(0, HeaderRules.MaxFields + 5).Select(i => new Source { Name = $"X-{i}", Value = "a" })] });

        Assert.Equal(HeaderRules.MaxFields, rules.Add.Count);
        Assert.Single(_surroundings.Problems);
    }

    private static string Text(HeaderSource source) => $"{source.Name}: {source.Format ?? source.Secret!.Reveal()}";

    private HeaderRules Compile(Rules rules) => HeaderModifiersCompiler.Compile(new Policy { Request = rules }, _surroundings, "headerModifiers")!.Request!;
}
