"""What the API refuses is told at the very line it stands on."""

from collections.abc import Awaitable, Callable

import pytest

Refuse = Callable[..., Awaitable[str]]

SHOP = """\
Parameters:
  Wrong: {Type: String, Default: http://app.example}
Conditions:
  Prod: !Equals [a, b]
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: shop
      VerificationMessageTemplate:
        DefaultEmailOption: CONFIRM_WITH_CODE
        EmailSubject: Welcome
      Schema:
        - Name: team
          AttributeDataType: String
        - Name: level
          AttributeDataType: Number
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Pool
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows:
        - code
      AllowedOAuthScopes:
        - openid
        - email
      CallbackURLs:
        Fn::If:
          - Prod
          - [https://prod.example]
          - - !If [Prod, "https://b.example", !Ref AWS::NoValue]
            - https://app.example
            - https://app.example/cb
  Ann:
    Type: AWS::Cognito::UserPoolUser
    Properties:
      UserPoolId: !Ref Pool
      Username: ann
      UserAttributes:
        - Name: name
          Value: Ann
        - Name: email
          Value: ann@example.com
"""


@pytest.mark.parametrize(
    ("right", "wrong", "where", "said"),
    [
        (
            "CONFIRM_WITH_CODE",
            "CONFIRM_WITH_CARE",
            "t.yaml:11: Pool.VerificationMessageTemplate.DefaultEmailOption",
            "enum value set",
        ),
        (
            "AttributeDataType: Number",
            "AttributeDataType: Float",
            "t.yaml:17: Pool.Schema[1].AttributeDataType",
            "enum value set",
        ),
        ("- Name: level", "- Name: team", "t.yaml:13: Pool.Schema", "team"),
        ("- code\n", "- code\n        - cod\n", "t.yaml:25: Web.AllowedOAuthFlows[1]", "cod"),
        ("- email\n", "- orders/read\n", "t.yaml:27: Web.AllowedOAuthScopes[1]", "orders/read"),
        (
            "- https://app.example/cb",
            "- http://app.example/cb",
            "t.yaml:34: Web.CallbackURLs[1]",
            "must be https",
        ),
        (
            "- https://app.example\n            - https://app.example/cb",
            "- !Ref Wrong",
            "t.yaml:33: Web.CallbackURLs[0]",
            "must be https",
        ),
        ("ann@example.com", "ann", "t.yaml:43: Ann.UserAttributes[1]", "Invalid email"),
        ("- Name: name", "- Name: nme", "t.yaml:41: Ann.UserAttributes[0]", "nme"),
    ],
)
async def test_what_is_refused_is_told_at_its_line(
    refused: Refuse, right: str, wrong: str, where: str, said: str
) -> None:
    assert right in SHOP

    message = await refused(SHOP.replace(right, wrong))

    assert message.startswith(f"{where}: ")
    assert said in message
