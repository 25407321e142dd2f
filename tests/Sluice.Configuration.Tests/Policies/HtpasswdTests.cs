using Sluice.Configuration.Policies.Passwords;

namespace Sluice.Configuration.Tests.Policies;

public sealed class HtpasswdTests
{
    [Fact]
    public void Parse_AFile_GivesItsUsersInOrder()
    {
        var problems = new List<string>();

        var users = Htpasswd.Parse("# c\r\n\r\nalice:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\r\n  bob:$apr1$8Qh1xY2z$I6nGMiUIEwI.hBAF.707y0\nc:$2b$14$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq", problems);

        Assert.Empty(problems);
        Assert.Equal(["alice", "bob", "c"], users.Select(user => user.Name));
        Assert.Equal("{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", users[0].Hash.Reveal());
    }

    [Theory]
    [InlineData("alice", "\"name:hash\" is needed")]
    [InlineData(":{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", "the name is empty")]
    [InlineData("a\u0001:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", "control character")]
    [InlineData("a:hush", "no known kind")]
    [InlineData("a:$1$hush$hush", "no known kind")]
    [InlineData("a:{SHA}hush", "20 octets")]
    [InlineData("a:$2b$15$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq", "a bcrypt cost of 15 is outside 4 to 14")]
    [InlineData("a:$2b$03$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq", "a bcrypt cost of 3")]
    [InlineData("a:$2x$05$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq", "no known kind")]
    [InlineData("a:$2b$05$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxji", "the form $2y$COST$")]
    [InlineData("a:$2b$05$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxji!", "the form $2y$COST$")]
    [InlineData("a:$apr1$toolongasalt$I6nGMiUIEwI.hBAF.707y0", "the form $apr1$SALT$")]
    [InlineData("a:$apr1$$I6nGMiUIEwI.hBAF.707y0", "the form $apr1$SALT$")]
    public void Parse_ALineThatCannotBeUsed_IsNamed_WithoutItsSecret(string line, string expected)
    {
        var problems = new List<string>();

        var users = Htpasswd.Parse("ok:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n" + line, problems);

        Assert.Single(users);
        var problem = Assert.Single(problems);
        Assert.StartsWith("line 2: ", problem);
        Assert.Contains(expected, problem);
        Assert.DoesNotContain("hush", problem);
    }

    [Fact]
    public void Parse_AUserTwice_TakesTheFirst()
    {
        var problems = new List<string>();

        Assert.Single(Htpasswd.Parse("a:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\na:{SHA}XxGWoDbS4RoU9QO6uE+ij7NPkVI=", problems));

        Assert.Contains("is there already", Assert.Single(problems));
    }
}
