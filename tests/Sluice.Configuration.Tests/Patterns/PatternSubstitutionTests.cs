using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Configuration.Patterns;

namespace Sluice.Configuration.Tests.Patterns;

public sealed class PatternSubstitutionTests
{
    [Theory]
    [InlineData("a+", "x", "baaac", "bxc")]
    [InlineData("a+?", "x", "baaac", "bxxxc")]
    [InlineData("a|ab", "x", "ab", "xb")]
    [InlineData("(a|ab)(c|bcd)", @"[\1][\2]", "abcd", "[a][bcd]")]
    [InlineData("(a*)(a?)", @"<\1,\2>", "aa", "<aa,>")]
    [InlineData("(a*?)(a?)$", @"<\1,\2>", "aa", "<a,a>")]
    [InlineData("", "-", "ab", "-a-b-")]
    [InlineData("x*", "-", "axb", "-a-b-")]
    [InlineData("^a", "x", "aaa", "xaa")]
    [InlineData("a$", "x", "aaa", "aax")]
    [InlineData("(a)|(b)", @"[\1\2]", "abc", "[a][b]c")]
    [InlineData("(?:a(b)?)+", @"<\1>", "abaX", "<b>X")]
    [InlineData("(?<first>.)(?P<second>.)", @"\g<second>\g<first>\g<1>", "ab", "baa")]
    [InlineData("b", @"\\\0", "abc", @"a\bc")]
    [InlineData("ü", "ue", "für", "fuer")]
    [InlineData(".", "x", "ü!", "xx")]
    [InlineData("(a*)*b", "x", "aaab aaa", "x aaa")]
    [InlineData("(?i)A", "x", "aA", "xx")]
    [InlineData("none", "x", "text", "text")]
    public void Replace_IsThatOfRe2(string pattern, string substitution, string text, string expected) => Assert.Equal(expected, Replace(pattern, substitution, text));

    [Fact]
    public void Replace_IsThatOfDotNet_ForRandomExpressions()
    {
        var random = new Random(11);
        for (var i = 0; i < 3000; i++)
        {
            var pattern = Pattern(random, 3);
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "abc"[random.Next(3)]));

            // .NET replaces nothing right behind a match too: those are left out.
            if (Regex.Matches(text, pattern, RegexOptions.CultureInvariant).Any(match => match.Length == 0))
                continue;
            var expected = Regex.Replace(text, pattern, "<$0>", RegexOptions.CultureInvariant);
            Assert.True(expected == Replace(pattern, @"<\0>", text), $"{pattern} in {text}: {expected} is right");
        }
    }

    [Fact]
    public void Replace_ThatHasNoRoom_IsFalse()
    {
        var substitution = PatternSubstitution.Parse("a", "bb");

        Assert.False(substitution.TryReplace("aaa"u8, new byte[5], out _));
        Assert.True(substitution.TryReplace("aaa"u8, new byte[6], out var written));
        Assert.Equal(6, written);
    }

    [Fact]
    public void Replace_ThatCostsTooMuch_IsFalse()
    {
        // Each of the matches looks at all of the rest: time grows with the square of the text.
        var substitution = PatternSubstitution.Parse("(?:a.*b|a)", "x");

        Assert.True(substitution.TryReplace(Encoding.ASCII.GetBytes(new string('a', 100)), new byte[100], out _));
        Assert.False(substitution.TryReplace(Encoding.ASCII.GetBytes(new string('a', 10_000)), new byte[10_000], out _));
    }

    [Fact]
    public void Replace_AllocatesNothing()
    {
        var substitution = PatternSubstitution.Parse("^/v(?<version>[0-9]+)/(.*)$", @"/\2/\g<version>");
        var target = new byte[64];
        substitution.TryReplace("/v1/users"u8, target, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            substitution.TryReplace("/v1/users"u8, target, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("a", @"\1")]
    [InlineData("(a)", @"\g<x>")]
    [InlineData("(a)", @"\g<2>")]
    [InlineData("(a)", @"\g<1")]
    [InlineData("a", @"\n")]
    [InlineData("a", @"\")]
    [InlineData("(?:a{100}){20}", "")]
    [InlineData("(", "")]
    public void Parse_WhatIsNone_SaysSo(string pattern, string substitution) => Assert.Throws<PatternException>(() => PatternSubstitution.Parse(pattern, substitution));

    /// <summary>What is repeated takes at least a character: of repetitions of nothing engines have ideas of their own.</summary>
    private static string Pattern(Random random, int depth, bool takesSome = false)
    {
        if (depth == 0)
            return "abc"[random.Next(3)].ToString();
        return random.Next(5) switch
        {
            0 => Pattern(random, depth - 1, takesSome) + Pattern(random, depth - 1),
            1 => $"(?:{Pattern(random, depth - 1, takesSome)}|{Pattern(random, depth - 1, takesSome)})",
            2 when !takesSome => $"({Pattern(random, depth - 1, takesSome: true)}){"*+?"[random.Next(3)]}{(random.Next(2) == 0 ? "?" : "")}",
            3 => string.Create(CultureInfo.InvariantCulture, $"({Pattern(random, depth - 1, takesSome: true)}){{{random.Next(takesSome ? 1 : 0, 2)},{random.Next(2, 4)}}}"),
            _ => Pattern(random, depth - 1, takesSome),
        };
    }

    private static string Replace(string pattern, string substitution, string text)
    {
        var target = new byte[1000];
        Assert.True(PatternSubstitution.Parse(pattern, substitution).TryReplace(Encoding.UTF8.GetBytes(text), target, out var written));
        return Encoding.UTF8.GetString(target, 0, written);
    }
}
