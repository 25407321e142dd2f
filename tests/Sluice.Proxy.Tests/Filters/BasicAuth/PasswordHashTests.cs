using System.Text;
using Sluice.Configuration.Policies.Passwords;
using Sluice.Proxy.Filters.BasicAuth;

namespace Sluice.Proxy.Tests.Filters.BasicAuth;

/// <summary>Published and foreign values: what other programs hashed must be taken.</summary>
public sealed class PasswordHashTests
{
    // bcrypt: as libxcrypt's crypt(3) answers, and published vectors. apr1: the example of Apache's documentation. SHA: RFC 3174's digest of "abc".
    [Theory]
    [InlineData("", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy")]
    [InlineData("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC")]
    [InlineData("~!@#$%^&*()      ~!@#$%^&*()PNBFRD", "$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO")]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("myPassword", "$apr1$r31.....$HqJZimcKQFAMYayBlzkrA/")]
    [InlineData("abc", "{SHA}qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")]
    public void Verify_TakesWhatOthersHashed(string password, string text)
    {
        if (!PasswordHash.TryParse(text, out PasswordHash? hash, out string? problem))
            Assert.Fail(problem);
        var check = new PasswordCheck(hash);

        Assert.True(check.Verify(Encoding.UTF8.GetBytes(password)));
        Assert.False(check.Verify(Encoding.UTF8.GetBytes(password + "x")));
    }

    [Fact]
    public void Bcrypt_LooksAtSeventyTwoOctets()
    {
        const string Salt = "abcdefghijklmnopqrstuu";
        byte[] password = [.. Enumerable.Repeat((byte)'a', 80)];

        Assert.Equal(Bcrypt.Hash(password.AsSpan(0, 72), Salt, 4), Bcrypt.Hash(password, Salt, 4));
        Assert.NotEqual(Bcrypt.Hash(password.AsSpan(0, 71), Salt, 4), Bcrypt.Hash(password, Salt, 4));
    }
}
