using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Cluster;

internal static class TokenReviewSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "authentication.k8s.io",
        Versions = CoreVersions.V1,
        Kind = "TokenReview",
        Plural = "tokenreviews",
        Singular = "tokenreview",
        Namespaced = false,
        IsReview = true,
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Asks whose token it is.",
        Required("spec", Object(
            Optional("token", AnyText),
            Optional("audiences", Strings, "Who is asking. Absent: the API server."))),
        Optional("status", Object(
            Optional("authenticated", Flag),
            Optional("user", Object(
                Optional("username", AnyText),
                Optional("uid", AnyText),
                Optional("groups", Strings),
                Optional("extra", Map(Strings)))),
            Optional("audiences", Strings, "Those that both the token and the question name."),
            Optional("error", AnyText)), "The answer."));
}
