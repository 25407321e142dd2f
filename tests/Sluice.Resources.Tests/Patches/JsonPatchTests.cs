using System.Text.Json.Nodes;
using Sluice.Resources.Patches;

namespace Sluice.Resources.Tests.Patches;

/// <summary>RFC 6902 by section; "A" are the examples of its appendix.</summary>
public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("A.1", "{'foo':'bar'}", "[{'op':'add','path':'/baz','value':'qux'}]", "{'foo':'bar','baz':'qux'}")]
    [InlineData("A.2", "{'foo':['bar','baz']}", "[{'op':'add','path':'/foo/1','value':'qux'}]", "{'foo':['bar','qux','baz']}")]
    [InlineData("A.3", "{'baz':'qux','foo':'bar'}", "[{'op':'remove','path':'/baz'}]", "{'foo':'bar'}")]
    [InlineData("A.4", "{'foo':['bar','qux','baz']}", "[{'op':'remove','path':'/foo/1'}]", "{'foo':['bar','baz']}")]
    [InlineData("A.5", "{'baz':'qux','foo':'bar'}", "[{'op':'replace','path':'/baz','value':'boo'}]", "{'baz':'boo','foo':'bar'}")]
    [InlineData("A.6", "{'foo':{'bar':'baz','waldo':'fred'},'qux':{'corge':'grault'}}", "[{'op':'move','from':'/foo/waldo','path':'/qux/thud'}]", "{'foo':{'bar':'baz'},'qux':{'corge':'grault','thud':'fred'}}")]
    [InlineData("A.7", "{'foo':['all','grass','cows','eat']}", "[{'op':'move','from':'/foo/1','path':'/foo/3'}]", "{'foo':['all','cows','eat','grass']}")]
    [InlineData("A.8", "{'baz':'qux','foo':['a',2,'c']}", "[{'op':'test','path':'/baz','value':'qux'},{'op':'test','path':'/foo/1','value':2}]", "{'baz':'qux','foo':['a',2,'c']}")]
    [InlineData("A.10", "{'foo':'bar'}", "[{'op':'add','path':'/child','value':{'grandchild':{}}}]", "{'foo':'bar','child':{'grandchild':{}}}")]
    [InlineData("A.11", "{'foo':'bar'}", "[{'op':'add','path':'/baz','value':'qux','xyz':123}]", "{'foo':'bar','baz':'qux'}")]
    [InlineData("A.14", "{'/':9,'~1':10}", "[{'op':'test','path':'/~01','value':10}]", "{'/':9,'~1':10}")]
    [InlineData("A.16", "{'foo':['bar']}", "[{'op':'add','path':'/foo/-','value':['abc','def']}]", "{'foo':['bar',['abc','def']]}")]
    [InlineData("4.1 root", "{'foo':'bar'}", "[{'op':'add','path':'','value':[1]}]", "[1]")]
    [InlineData("4.1 member", "{'foo':'bar'}", "[{'op':'add','path':'/foo','value':null}]", "{'foo':null}")]
    [InlineData("4.1 end", "[1]", "[{'op':'add','path':'/1','value':2}]", "[1,2]")]
    [InlineData("4.1 empty name", "{}", "[{'op':'add','path':'/','value':1}]", "{'':1}")]
    [InlineData("4.3 root", "1", "[{'op':'replace','path':'','value':null}]", "null")]
    [InlineData("4.3 item", "[1,2,3]", "[{'op':'replace','path':'/1','value':{}}]", "[1,{},3]")]
    [InlineData("4.3 null", "{'a':null}", "[{'op':'replace','path':'/a','value':1}]", "{'a':1}")]
    [InlineData("4.4 same", "{'a':1}", "[{'op':'move','from':'/a','path':'/a'}]", "{'a':1}")]
    [InlineData("4.4 to the root", "{'a':{'b':1}}", "[{'op':'move','from':'/a','path':''}]", "{'b':1}")]
    [InlineData("4.4 prefix that is no parent", "{'a':1}", "[{'op':'move','from':'/a','path':'/ab'}]", "{'ab':1}")]
    [InlineData("4.5", "{'a':{'b':[1]}}", "[{'op':'copy','from':'/a','path':'/a/c'}]", "{'a':{'b':[1],'c':{'b':[1]}}}")]
    [InlineData("4.6 numbers", "{'a':1.0}", "[{'op':'test','path':'/a','value':1}]", "{'a':1.0}")]
    [InlineData("4.6 order of members", "{'a':{'x':1,'y':null}}", "[{'op':'test','path':'/a','value':{'y':null,'x':1}}]", "{'a':{'x':1,'y':null}}")]
    [InlineData("4.6 root", "[]", "[{'op':'test','path':'','value':[]}]", "[]")]
    [InlineData("6901 3", "{'a/b':1,'m~n':2}", "[{'op':'remove','path':'/a~1b'},{'op':'remove','path':'/m~0n'}]", "{}")]
    public void Apply_Fitting_GivesTheResult(string section, string target, string patch, string expected)
    {
        Assert.NotEmpty(section);
        var given = Json.Parse(target);

        Json.Equal(expected, JsonPatch.Apply(given, Json.Parse(patch)!));

        Json.Equal(target, given);
    }

    [Theory]
    [InlineData("A.9", "{'baz':'qux'}", "[{'op':'test','path':'/baz','value':'bar'}]", "operation 0 of the patch (test \"/baz\"): the value there is another one")]
    [InlineData("A.12", "{'foo':'bar'}", "[{'op':'add','path':'/baz/bat','value':'qux'}]", "there is nothing above \"/baz/bat\"")]
    [InlineData("A.15", "{'/':9,'~1':10}", "[{'op':'test','path':'/~01','value':'10'}]", "another one")]
    [InlineData("4.1 beyond", "[1]", "[{'op':'add','path':'/2','value':2}]", "the list has 1 items, so that 2 is beyond its end")]
    [InlineData("4.1 scalar", "{'a':'b'}", "[{'op':'add','path':'/a/b','value':2}]", "neither an object nor a list")]
    [InlineData("4.2", "{'a':1}", "[{'op':'remove','path':'/b'}]", "there is nothing at \"/b\"")]
    [InlineData("4.2 root", "{'a':1}", "[{'op':'remove','path':''}]", "the whole document cannot be removed")]
    [InlineData("4.3", "{'a':1}", "[{'op':'replace','path':'/b','value':1}]", "there is nothing at \"/b\"")]
    [InlineData("4.3 end", "[1]", "[{'op':'replace','path':'/-','value':1}]", "there is nothing at \"/-\"")]
    [InlineData("4.4", "{'a':1}", "[{'op':'move','from':'/b','path':'/a'}]", "there is nothing at \"/b\"")]
    [InlineData("4.6 missing", "{'a':1}", "[{'op':'test','path':'/b','value':null}]", "there is nothing at \"/b\"")]
    [InlineData("6901 4 zeros", "[1,2]", "[{'op':'remove','path':'/01'}]", "there is nothing at \"/01\"")]
    [InlineData("6901 4 name", "[1,2]", "[{'op':'add','path':'/one','value':1}]", "\"one\" is no index of a list")]
    [InlineData("6901 4 sign", "[1,2]", "[{'op':'add','path':'/+1','value':1}]", "\"+1\" is no index of a list")]
    public void Apply_NotFitting_SaysWhere(string section, string target, string patch, string message)
    {
        Assert.NotEmpty(section);
        Json.Throws(isMalformed: false, message, () => JsonPatch.Apply(Json.Parse(target), Json.Parse(patch)!));
    }

    [Theory]
    [InlineData("{}", "must be a list of operations")]
    [InlineData("[1]", "operation 0 of the patch must be an object")]
    [InlineData("[{'path':'/a'}]", "operation 0 of the patch lacks op")]
    [InlineData("[{'op':'remove'}]", "operation 0 of the patch lacks path")]
    [InlineData("[{'op':'merge','path':'/a'}]", "op must be one of add, remove, replace, move, copy, test, found \"merge\"")]
    [InlineData("[{'op':1,'path':'/a'}]", "op must be a string")]
    [InlineData("[{'op':'add','path':'/a'}]", "lacks value")]
    [InlineData("[{'op':'copy','path':'/a'}]", "lacks from")]
    [InlineData("[{'op':'remove','path':'a'}]", "path must be a JSON Pointer")]
    [InlineData("[{'op':'remove','path':'/a~2'}]", "path must be a JSON Pointer")]
    [InlineData("[{'op':'remove','path':'/a~'}]", "path must be a JSON Pointer")]
    [InlineData("[{'op':'move','from':'/a','path':'/a/b'}]", "cannot be moved into one of its own parts")]
    [InlineData("[{'op':'remove','path':'/missing'},{'op':'x','path':'/a'}]", "op must be one of")]
    public void Apply_Malformed_SaysSo(string patch, string message) =>
        Json.Throws(isMalformed: true, message, () => JsonPatch.Apply(Json.Parse("{'a':{}}"), Json.Parse(patch)!));

    [Fact]
    public void Apply_CopiesOfCopies_AreBounded()
    {
        var patch = new JsonArray();
        for (var i = 0; i < 40; i++)
            patch.Add(Json.Parse("{'op':'copy','from':'/a','path':'/a/-'}"));

        Json.Throws(isMalformed: false, "copies and moves more than", () => JsonPatch.Apply(Json.Parse("{'a':['0123456789']}"), patch));
    }

    [Fact]
    public void Apply_GrowingDepth_IsBounded()
    {
        var patch = new JsonArray();
        var path = "";
        for (var i = 0; i < 200; i++)
        {
            path += "/a";
            patch.Add(new JsonObject { ["op"] = "add", ["path"] = path, ["value"] = new JsonObject() });
        }

        Json.Throws(isMalformed: false, "nested deeper than 128", () => JsonPatch.Apply(new JsonObject(), patch));
    }

    [Fact]
    public void Apply_TooManyOperations_AreRefused()
    {
        var patch = new JsonArray();
        for (var i = 0; i <= PatchLimits.MaxOperations; i++)
            patch.Add(Json.Parse("{'op':'test','path':'','value':1}"));

        Json.Throws(isMalformed: false, "at most 10000", () => JsonPatch.Apply(1, patch));
    }

    [Fact]
    public void Apply_DeepPatch_IsRefused() =>
        Json.Throws(isMalformed: false, "nested deeper", () => JsonPatch.Apply(1, Json.Parse(new string('[', 200) + new string(']', 200))!));
}
