using Sluice.Resources.Patches;

namespace Sluice.Resources.Tests.Patches;

public sealed class JsonMergePatchTests
{
    // The table of RFC 7386, appendix A, and the example of its section 3.
    [Theory]
    [InlineData("{'a':'b'}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}")]
    [InlineData("{'a':'b'}", "{'a':null}", "{}")]
    [InlineData("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}")]
    [InlineData("{'a':['b']}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'c'}", "{'a':['b']}", "{'a':['b']}")]
    [InlineData("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}")]
    [InlineData("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}")]
    [InlineData("['a','b']", "['c','d']", "['c','d']")]
    [InlineData("{'a':'b'}", "['c']", "['c']")]
    [InlineData("{'a':'foo'}", "null", "null")]
    [InlineData("{'a':'foo'}", "'bar'", "'bar'")]
    [InlineData("{'e':null}", "{'a':1}", "{'e':null,'a':1}")]
    [InlineData("[1,2]", "{'a':'b','c':null}", "{'a':'b'}")]
    [InlineData("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}")]
    [InlineData("{'title':'Goodbye!','author':{'givenName':'John','familyName':'Doe'},'tags':['example','sample'],'content':'This'}", "{'title':'Hello!','phoneNumber':'+01','author':{'familyName':null},'tags':['example']}", "{'title':'Hello!','author':{'givenName':'John'},'tags':['example'],'content':'This','phoneNumber':'+01'}")]
    [InlineData("null", "{'a':1}", "{'a':1}")]
    public void Apply_GivesTheResult(string target, string patch, string expected)
    {
        var given = Json.Parse(target);

        Json.Equal(expected, JsonMergePatch.Apply(given, Json.Parse(patch)));

        Json.Equal(target, given);
    }

    [Fact]
    public void Apply_DeepPatch_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{'a':", 200)) + "1" + new string('}', 200);

        Json.Throws(isMalformed: false, "nested deeper", () => JsonMergePatch.Apply(null, Json.Parse(deep)));
    }
}
