using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Tests.Filters;

public sealed class HeaderEditsTests
{
    [Fact]
    public void Build_NoModifiers_IsNone()
    {
        Assert.Same(HeaderEdits.None, Build());
        Assert.True(HeaderEdits.None.IsEmpty);
        Assert.False(HeaderEdits.None.Removes("x"u8));
        Assert.Same(HeaderEdits.None, Build(new HeaderModifier()));
    }

    [Fact]
    public void Build_Set_DropsAndAppends()
    {
        HeaderEdits edits = Build(new HeaderModifier { Set = [new HeaderValue("X-Set", "new")] });

        Assert.True(edits.Removes("x-SET"u8));
        Assert.False(edits.Removes("x-se"u8));
        Assert.Equal("X-Set: new\r\n", Lines(edits));
    }

    [Fact]
    public void Build_Add_AppendsAndKeeps()
    {
        HeaderEdits edits = Build(new HeaderModifier { Add = [new HeaderValue("X-Add", "new")] });

        Assert.False(edits.Removes("x-add"u8));
        Assert.Equal("X-Add: new\r\n", Lines(edits));
    }

    [Fact]
    public void Build_Remove_Drops()
    {
        HeaderEdits edits = Build(new HeaderModifier { Remove = ["X-Old", "X-Older"] });

        Assert.False(edits.IsEmpty);
        Assert.True(edits.Removes("x-old"u8));
        Assert.True(edits.Removes("X-OLDER"u8));
        Assert.Equal("", Lines(edits));
        Assert.Equal(0, edits.AppendedCount);
    }

    [Fact]
    public void Build_OneNameInAllLists_RemovesThenSetsThenAdds()
    {
        HeaderEdits edits = Build(new HeaderModifier { Remove = ["x"], Set = [new HeaderValue("X", "set")], Add = [new HeaderValue("x", "add")] });

        Assert.True(edits.Removes("x"u8));
        Assert.Equal("X: set\r\nx: add\r\n", Lines(edits));
    }

    [Fact]
    public void Build_EqualNamesInOneList_FirstCounts()
    {
        HeaderEdits edits = Build(new HeaderModifier { Set = [new HeaderValue("X", "1"), new HeaderValue("x", "2")], Add = [new HeaderValue("Y", "1"), new HeaderValue("y", "2")] });

        Assert.Equal("X: 1\r\nY: 1\r\n", Lines(edits));
    }

    [Fact]
    public void Build_SeveralModifiers_ApplyInOrder()
    {
        HeaderEdits edits = Build(
            new HeaderModifier { Add = [new HeaderValue("a", "1"), new HeaderValue("b", "1"), new HeaderValue("c", "1")] },
            new HeaderModifier { Set = [new HeaderValue("a", "2")], Add = [new HeaderValue("b", "2")], Remove = ["c"] });

        Assert.Equal("a: 2\r\nb: 1\r\nb: 2\r\n", Lines(edits));
        Assert.True(edits.Removes("a"u8));
        Assert.False(edits.Removes("b"u8));
        Assert.True(edits.Removes("c"u8));
    }

    [Fact]
    public void Appended_Fields_AreGivenOneByOneWithNamesInLowerCase()
    {
        HeaderEdits edits = Build(new HeaderModifier { Add = [new HeaderValue("X-One", " café "), new HeaderValue("X-Two", "")] });

        Assert.Equal(2, edits.AppendedCount);
        Assert.Equal("X-One"u8, edits.AppendedName(0));
        Assert.Equal("x-one"u8, edits.AppendedLowerName(0));
        Assert.Equal("café"u8, edits.AppendedValue(0));
        Assert.Equal("x-two"u8, edits.AppendedLowerName(1));
        Assert.Equal(""u8, edits.AppendedValue(1));
        Assert.Equal("X-One: café\r\nX-Two: \r\n", Lines(edits));
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("connection")]
    [InlineData("Content-Length")]
    [InlineData("TRANSFER-ENCODING")]
    [InlineData("Upgrade")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Connection")]
    [InlineData("Expect")]
    public void Build_FieldThatTheProxyWrites_IsLeftOutAndReported(string name)
    {
        var problems = new List<string>();
        HeaderModifier[] modifiers = [new() { Set = [new HeaderValue(name, "1")] }, new() { Add = [new HeaderValue(name, "1")] }, new() { Remove = [name] }];

        Assert.Same(HeaderEdits.None, HeaderEditsBuilder.Build(modifiers, "request header", problems));
        Assert.Equal(3, problems.Count);
        Assert.All(problems, problem => Assert.Equal(
            $"request header modifier: \"{name}\" is written by the proxy itself and cannot be changed; this edit is left out", problem));
    }

    [Theory]
    [InlineData("X-Ok", "a\r\nEvil: 1", "the value of \"X-Ok\" has a control character")]
    [InlineData("X-Ok", "a\0", "the value of \"X-Ok\" has a control character")]
    [InlineData("X Bad", "a", "\"X Bad\" is no field name")]
    [InlineData("X\r\nEvil", "a", "\"X??Evil\" is no field name")]
    [InlineData("", "a", "\"\" is no field name")]
    public void Build_NameOrValueThatIsNone_IsLeftOutAndReported(string name, string value, string problem)
    {
        var problems = new List<string>();
        var modifier = new HeaderModifier { Set = [new HeaderValue(name, value), new HeaderValue("X-Good", "1")] };

        HeaderEdits edits = HeaderEditsBuilder.Build([modifier], "response header", problems);

        Assert.Equal("X-Good: 1\r\n", Lines(edits));
        Assert.Equal([$"response header modifier: {problem}; this edit is left out"], problems);
    }

    private static HeaderEdits Build(params HeaderModifier[] modifiers)
    {
        var problems = new List<string>();
        HeaderEdits edits = HeaderEditsBuilder.Build(modifiers, "request header", problems);
        Assert.Empty(problems);
        return edits;
    }

    private static string Lines(HeaderEdits edits) => Encoding.UTF8.GetString(edits.AppendedLines);
}
