using System.Text;
using Sluice.Configuration.Patterns;

namespace Sluice.Configuration.Tests.Patterns;

public sealed class RegularExpressionTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("abc", "xabc", false)]
    [InlineData("a|bc", "bc", true)]
    [InlineData("a|bc", "ac", false)]
    [InlineData("a|", "", true)]
    [InlineData("(a|b)c", "bc", true)]
    [InlineData("a.c", "a/c", true)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("(?s)a.c", "a\nc", true)]
    [InlineData("a*", "aaaa", true)]
    [InlineData("a+", "", false)]
    [InlineData("ab?c", "ac", true)]
    [InlineData("a*?b+?c??", "aabbc", true)]
    [InlineData("a{2}", "aa", true)]
    [InlineData("a{2}", "aaa", false)]
    [InlineData("a{2,}", "aaaaa", true)]
    [InlineData("a{2,3}", "aaaa", false)]
    [InlineData("(ab){0}", "", true)]
    [InlineData("a{0,0}b", "b", true)]
    [InlineData("a{,2}", "a{,2}", true)]
    [InlineData("a{x}", "a{x}", true)]
    [InlineData("a{", "a{", true)]
    [InlineData("}]", "}]", true)]
    [InlineData("^/api/.*$", "/api/x", true)]
    [InlineData("(^a|b)c", "bc", true)]
    [InlineData("a^b", "ab", false)]
    [InlineData("a$b", "ab", false)]
    [InlineData("^$", "", true)]
    [InlineData("^*a$+", "a", true)]
    [InlineData(@"\Aa\z", "a", true)]
    [InlineData(@"a(b$)?", "ab", true)]
    [InlineData("[abc]", "b", true)]
    [InlineData("[a-c0-2]+", "b1", true)]
    [InlineData("[^a-c]", "b", false)]
    [InlineData("[^a-c]", "é", true)]
    [InlineData("[]a]+", "a]", true)]
    [InlineData("[^]a]", "]", false)]
    [InlineData("[a-]+", "-a", true)]
    [InlineData("[-a]+", "-a", true)]
    [InlineData(@"[\d.]+", "1.2", true)]
    [InlineData(@"[\]\\]+", @"\]", true)]
    [InlineData("[[:alpha:]_]+", "ab_C", true)]
    [InlineData("[[:^digit:]]", "1", false)]
    [InlineData(@"\d+\D\w+\W\s\S", "12x_9- x", true)]
    [InlineData(@"\w", "é", false)]
    [InlineData(@"\d", "٣", false)]
    [InlineData(@"\.\/\-\\\+", @"./-\+", true)]
    [InlineData(@"\x41\x{e9}\u00e9\t", "Aéé\t", true)]
    [InlineData("(?i)API-é", "api-É", true)]
    [InlineData("(?i)[a-c]+", "aBC", true)]
    [InlineData("(?i)[^a]", "A", false)]
    [InlineData("(?i:a)b", "Ab", true)]
    [InlineData("(?i:a)b", "AB", false)]
    [InlineData("a(?i)b|c", "aB", true)]
    [InlineData("(a(?i)b)c", "aBC", false)]
    [InlineData("(?-i)a", "A", false)]
    [InlineData("(?:a)(?<name>b)(?P<other>c)", "abc", true)]
    [InlineData("(?m)^a$", "a", true)]
    [InlineData("é+", "éé", true)]
    [InlineData(".", "é", true)]
    [InlineData(".", "😀", true)]
    [InlineData("[😀-😂]", "😁", true)]
    [InlineData("..", "é", false)]
    public void IsMatch_Text_MatchesAsAWhole(string pattern, string text, bool expected) =>
        Assert.Equal(expected, RegularExpression.Parse(pattern).IsMatch(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("a(b", "\"(\" without \")\"", 1)]
    [InlineData("a)b", "\")\" without \"(\"", 1)]
    [InlineData("a)|(b", "\")\" without \"(\"", 1)]
    [InlineData("[a", "\"[\" without \"]\"", 0)]
    [InlineData("[]", "\"[\" without \"]\"", 0)]
    [InlineData("*a", "there is nothing to repeat", 0)]
    [InlineData("(+)", "there is nothing to repeat", 1)]
    [InlineData("(?i)*", "there is nothing to repeat", 4)]
    [InlineData("a**", "a repetition cannot be repeated: put it into a group", 2)]
    [InlineData("a*+", "a repetition cannot be repeated: put it into a group", 2)]
    [InlineData("a{3}{2}", "a repetition cannot be repeated: put it into a group", 4)]
    [InlineData("a{2,1}", "the most repetitions are fewer than the least", 1)]
    [InlineData("a{1001}", "something is repeated more than 1000 times", 1)]
    [InlineData("a{99999999999999999999}", "something is repeated more than 1000 times", 1)]
    [InlineData("[b-a]", "the range is in reverse order", 1)]
    [InlineData(@"[a-\d]", "a range cannot end with a set", 1)]
    [InlineData("[a-z-[aeiou]]", "sets cannot be subtracted", 4)]
    [InlineData("[[:nothing:]]", "\"[:\" must be followed by the name of a set and \":]\"", 1)]
    [InlineData("(?=a)", "look-around cannot be matched in linear time and is not supported", 0)]
    [InlineData("(?!a)", "look-around cannot be matched in linear time and is not supported", 0)]
    [InlineData("(?<=a)", "look-around cannot be matched in linear time and is not supported", 0)]
    [InlineData("(?<!a)", "look-around cannot be matched in linear time and is not supported", 0)]
    [InlineData("(?>a)", "atomic groups and conditions cannot be matched in linear time and are not supported", 0)]
    [InlineData("(?<a-b>c)", "a group's name must be letters, digits and \"_\" between \"<\" and \">\"", 0)]
    [InlineData("(?x)a", "\"(?\" must be followed by \":\", \"<name>\" or flags of i, m and s", 0)]
    [InlineData("(?", "the expression ends too early", 2)]
    [InlineData(@"(a)\1", "back references cannot be matched in linear time and are not supported", 3)]
    [InlineData(@"\bword", "word boundaries are not supported", 0)]
    [InlineData(@"\p{L}", "Unicode categories are not supported: write a set of the characters", 0)]
    [InlineData(@"\q", "\"\\q\" means nothing", 0)]
    [InlineData(@"a\", "nothing follows the \"\\\"", 1)]
    [InlineData(@"\x4", "2 hexadecimal digits must follow", 2)]
    [InlineData(@"\x{110000}", "\"\\x{\" must be followed by a code point of up to six hexadecimal digits and \"}\"", 0)]
    [InlineData(@"\ud83d", "half a surrogate pair is no character", 0)]
    [InlineData("(a{100}){100}", "the expression is too large: with repetitions written out it must have at most 1000 characters and sets", 0)]
    [InlineData("((((){1000}){1000}){1000}){1000}", "the expression is too large: with repetitions written out it must have at most 1000 characters and sets", 0)]
    public void Parse_NoExpressionOrUnsupportedOne_SaysWhatAndWhere(string pattern, string message, int position)
    {
        PatternException error = Assert.Throws<PatternException>(() => RegularExpression.Parse(pattern));

        Assert.Equal(message, error.Message);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void Parse_GroupsNestedTooDeep_IsRefused()
    {
        string deepest = new string('(', 100) + new string(')', 100);

        Assert.True(RegularExpression.Parse(deepest).IsMatch(""u8));
        Assert.Equal("groups are nested more than 100 deep", Assert.Throws<PatternException>(() => RegularExpression.Parse($"({deepest})")).Message);
    }

    [Fact]
    public void IsMatch_OctetsThatAreNoUtf8_CountAsReplacementCharacters()
    {
        Assert.True(RegularExpression.Parse("a.b").IsMatch([(byte)'a', 0xFF, (byte)'b']));
        Assert.True(RegularExpression.Parse("\uFFFD").IsMatch([0xC3]));
        Assert.False(RegularExpression.Parse("a").IsMatch([(byte)'a', 0xC3]));
    }

    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|aa)+b")]
    [InlineData("(.*)(.*)(.*)(.*)(.*)b")]
    [InlineData("a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a*b")]
    [InlineData("(a{1,30}){1,30}b")]
    public void IsMatch_ExpressionThatBacktrackingWouldNotFinish_Finishes(string pattern)
    {
        RegularExpression expression = RegularExpression.Parse(pattern);
        byte[] text = Encoding.ASCII.GetBytes(new string('a', 500));

        Assert.False(expression.IsMatch(text));
        Assert.True(expression.IsMatch([.. text, (byte)'b']));
    }

    [Fact]
    public void IsMatch_MoreThanSixtyFourPositions_MatchesAlike()
    {
        RegularExpression expression = RegularExpression.Parse("/(x{100}|y{5,200}é*|[^z]{3})/end");

        Assert.True(expression.IsMatch(Encoding.UTF8.GetBytes($"/{new string('x', 100)}/end")));
        Assert.False(expression.IsMatch(Encoding.UTF8.GetBytes($"/{new string('x', 101)}/end")));
        Assert.True(expression.IsMatch(Encoding.UTF8.GetBytes($"/{new string('y', 150)}éé/end")));
        Assert.True(expression.IsMatch("/a😀c/end"u8));
        Assert.False(expression.IsMatch("/azc/end"u8));
        Assert.False(expression.IsMatch(""u8));
    }

    [Fact]
    public void IsMatch_AnyText_AllocatesNothing()
    {
        RegularExpression small = RegularExpression.Parse("/api/v[0-9]+/.*"), large = RegularExpression.Parse("/(x{100}|y{5,200}é*)/end");
        byte[] text = Encoding.UTF8.GetBytes($"/{new string('y', 150)}éé/end");
        small.IsMatch(text);
        large.IsMatch(text);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool matched = small.IsMatch("/api/v1/x"u8) & large.IsMatch(text);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(matched);
    }
}
