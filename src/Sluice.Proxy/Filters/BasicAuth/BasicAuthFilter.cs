using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Policies.Passwords;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>
/// Asks for a user name and its password. A pair that was right is remembered for a while, so that a browser's requests cost a keyed
/// hash each; what is dear to check goes to the <see cref="PasswordQueue"/>, equal pairs once. A wrong pair is remembered too, and a
/// name that nobody has takes as long as a wrong password.
/// </summary>
internal sealed class BasicAuthFilter : IRequestFilter
{
    /// <summary>Pairs that are remembered.</summary>
    public const int CacheCapacity = 1024;

    /// <summary>Milliseconds for which a right pair is remembered.</summary>
    public const long AcceptedFor = 5 * 60 * 1000;

    /// <summary>Milliseconds for which a wrong pair is remembered.</summary>
    public const long RefusedFor = 10 * 1000;

    private static readonly BasicUser Nobody = new("", new PasswordCheck(Decoy("{SHA}AAAAAAAAAAAAAAAAAAAAAAAAAAA=")));
    private static readonly FilterDenial Overloaded = new(503, "basic_auth_overloaded", "too many passwords to check\n", new HeaderValue("Retry-After", "1"));

    private readonly SecretHash _hash = new();
    private readonly Dictionary<UInt128, BasicUser> _users = [];
    private readonly ExpiringCache<BasicUser> _accepted = new(CacheCapacity);
    private readonly ExpiringCache<BasicUser> _refused = new(CacheCapacity);
    private readonly Dictionary<UInt128, Task<bool>> _running = [];
    private readonly Lock _lock = new();
    private readonly PasswordQueue _queue;
    private readonly BasicUser _decoy;
    private readonly byte[]? _header;
    private readonly byte[] _lowerHeader;
    private readonly bool _forwards;
    private readonly FilterDenial _missing;
    private readonly FilterDenial _malformed;
    private readonly FilterDenial _wrong;

    private BasicAuthFilter(BasicAuthPolicy policy, List<BasicUser> users, PasswordQueue queue)
    {
        _queue = queue;
        foreach (BasicUser user in users)
            _users.TryAdd(_hash.Of(user.NameBytes), user);
        _decoy = users.MaxBy(user => user.Check.Weight) ?? Nobody;
        _header = policy.UsernameHeader is { } header ? Encoding.ASCII.GetBytes(header) : null;
        _lowerHeader = Encoding.ASCII.GetBytes(policy.UsernameHeader?.ToLowerInvariant() ?? "");
        _forwards = policy.ForwardCredential;
        string realm = policy.Realm.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var challenge = new HeaderValue("WWW-Authenticate", $"Basic realm=\"{realm}\", charset=\"UTF-8\"");
        _missing = new FilterDenial(401, "basic_auth_missing", "user name and password are needed\n", challenge) { Details = "no_credential_found_for_basic_auth" };
        _malformed = new FilterDenial(401, "basic_auth_malformed", "user name and password are needed\n", challenge) { Details = "invalid_format_for_basic_auth" };
        _wrong = new FilterDenial(401, "basic_auth_wrong", "user name or password is wrong\n", challenge) { Details = "invalid_credential_for_basic_auth" };
    }

    public string Name => "basicAuth";

    public FilterStage Stage => FilterStage.Authentication;

    /// <summary>Null when nobody can be let in by it. Users whose entries cannot be used are left out and reported.</summary>
    public static BasicAuthFilter? Create(BasicAuthPolicy policy, PasswordQueue queue, ICollection<string> problems)
    {
        string? problem = policy.Users.Any(user => ReferenceEquals(user.Hash, SecretText.Withheld)) ? "the passwords are not known yet"
            : policy.Users.Count > Htpasswd.MaxUsers ? $"there are more than {Htpasswd.MaxUsers} users"
            : !FieldSyntax.IsValue(policy.Realm) ? "the realm has a control character"
            : policy.UsernameHeader is { } header && (!FieldSyntax.IsName(header) || ReservedFields.Contains(header)) ? "the header for the user's name is none that can be written"
            : null;
        if (problem is not null)
        {
            problems.Add($"basicAuth: {problem}");
            return null;
        }
        var users = new List<BasicUser>();
        foreach (BasicAuthUser user in policy.Users)
        {
            string? wrong = Htpasswd.NameProblem(user.Name);
            if (wrong is null && PasswordHash.TryParse(user.Hash.Reveal(), out PasswordHash? hash, out wrong))
                users.Add(new BasicUser(user.Name, new PasswordCheck(hash)));
            else
                problems.Add($"basicAuth user \"{string.Concat(user.Name.Select(c => char.IsControl(c) ? '?' : c))}\": {wrong}; the user is left out");
        }
        return new BasicAuthFilter(policy, users, queue);
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        Span<byte> pair = stackalloc byte[BasicCredential.MaxLength];
        switch (BasicCredential.Read(head, pair, out int length))
        {
            case BasicCredentialResult.Missing:
                return context.Deny(_missing);
            case BasicCredentialResult.Malformed:
                return context.Deny(_malformed);
        }
        pair = pair[..length];

        // What the backend is not to get goes before anything waits: the head that is held then is without it.
        if (_header is not null)
            RequestFields.Remove(head, _lowerHeader);
        if (!_forwards)
            RequestFields.Remove(head, "authorization"u8);
        UInt128 hash = _hash.Of(pair);
        if (_accepted.Find(hash, context.Now) is { } known)
            return Accept(known, context);
        if (_refused.Find(hash, context.Now) is not null)
            return context.Deny(_wrong);
        int colon = pair.IndexOf((byte)':');
        bool exists = _users.TryGetValue(_hash.Of(pair[..colon]), out BasicUser? user);
        user ??= _decoy;
        if (user.Check.IsCheap)
            return Conclude(user.Check.Verify(pair[(colon + 1)..]) && exists, user, hash, context);
        return Run(user, exists, pair[(colon + 1)..], hash, head, context) is { } running
            ? context.Wait(FinishAsync(running, user, hash, context))
            : context.Deny(Overloaded);
    }

    private Task<bool>? Run(BasicUser user, bool exists, ReadOnlySpan<byte> password, UInt128 hash, RequestHead head, FilterContext context)
    {
        context.TryGetClient(head, out UInt128 client);
        lock (_lock)
        {
            if (_running.TryGetValue(hash, out Task<bool>? running))
                return running;
            byte[] kept = password.ToArray();
            running = _queue.TryRun(client, () => Check(user, exists, kept, hash));
            if (running is not null)
                _running.Add(hash, running);
            return running;
        }
    }

    private bool Check(BasicUser user, bool exists, byte[] password, UInt128 hash)
    {
        try
        {
            return user.Check.Verify(password) && exists;
        }
        finally
        {
            Array.Clear(password);
            lock (_lock)
                _running.Remove(hash);
        }
    }

    /// <summary>Back on the worker.</summary>
    private async Task<FilterVerdict> FinishAsync(Task<bool> running, BasicUser user, UInt128 hash, FilterContext context)
    {
        bool isRight = await running;
        return context.IsCancelled ? FilterVerdict.Cancelled : Conclude(isRight, user, hash, context);
    }

    private FilterVerdict Conclude(bool isRight, BasicUser user, UInt128 hash, FilterContext context)
    {
        if (!isRight)
        {
            _refused.Add(hash, user, context.Now + RefusedFor, context.Now);
            return context.Deny(_wrong);
        }
        _accepted.Add(hash, user, context.Now + AcceptedFor, context.Now);
        return Accept(user, context);
    }

    private FilterVerdict Accept(BasicUser user, FilterContext context)
    {
        context.User = user.Name;
        if (_header is not null)
            context.AddRequestField(_header, user.NameBytes);
        return FilterVerdict.Continue;
    }

    private static PasswordHash Decoy(string text) =>
        PasswordHash.TryParse(text, out PasswordHash? hash, out string? problem) ? hash : throw new FormatException(problem);
}
