import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An app configured by the snippet alone: signs people in, or itself where it is a machine. */
@Configuration
@EnableAutoConfiguration
public class App {
    public static void main(String[] arguments) {
        SpringApplication.run(App.class, arguments);
    }

    @Bean
    CommandLineRunner started(
            ClientRegistrationRepository clients, OAuth2AuthorizedClientService service) {
        return arguments -> {
            var grant = clients.findByRegistrationId("cognito").getAuthorizationGrantType();
            if (grant.equals(AuthorizationGrantType.CLIENT_CREDENTIALS)) {
                var manager =
                        new AuthorizedClientServiceOAuth2AuthorizedClientManager(clients, service);
                var asked = OAuth2AuthorizeRequest.withClientRegistrationId("cognito");
                var token = manager.authorize(asked.principal("machine").build()).getAccessToken();
                System.out.println("STARTED " + token.getTokenValue());
            } else {
                System.out.println("STARTED");
            }
        };
    }

    @RestController
    static class Me {
        @GetMapping("/me")
        String me(@AuthenticationPrincipal OidcUser user) {
            return user.getName() + " " + user.getEmail();
        }
    }
}
